/** Program state: one row for its sections, and one row per learned pattern. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';

/** Identifies the program that a row belongs to. */
export type ProgramKey = Pick<StateRow, 'accountId' | 'programId'>;

export interface StateRow {
  accountId: string;
  programId: string;
  version: number;
  sessionId: string | null;
  /** Each section (sections.ts) stores only the fields that were set; the others read as their defaults. */
  contextSummary: object;
  contextSummaryAt: number | null;
  config: object;
  baselines: object;
  decay: object;
  /** The number of patterns, stored so that a write need not count them. */
  patternCount: number;
  /** 0 for a state imported from the export of a state that was never written. */
  updatedAt: number;
}

export const State = new EntitySchema<StateRow>({
  name: 'State',
  tableName: 'program_states',
  columns: {
    accountId: column.id({ primary: true }),
    programId: column.id({ primary: true }),
    version: column.integer(),
    sessionId: column.id({ nullable: true }),
    contextSummary: column.json(),
    contextSummaryAt: column.timestamp({ nullable: true }),
    config: column.json(),
    baselines: column.json(),
    decay: column.json(),
    patternCount: column.integer(),
    updatedAt: column.timestamp(),
  },
});

export interface PatternRow {
  accountId: string;
  programId: string;
  patternId: string;
  domain: string;
  pattern: string;
  confidence: number;
  evidence: string | null;
  status: 'active' | 'superseded' | 'refuted';
  supersededBy: string | null;
  promoted: boolean;
  reinforcements: number;
  discoveredAt: number;
  lastReinforcedAt: number;
}

/** A pattern as it is written, with the text for the full-text index (text-search.ts). No query reads that back. */
export type PatternInsert = PatternRow & { searchText: string };

export const Pattern = new EntitySchema<PatternInsert>({
  name: 'Pattern',
  tableName: 'learned_patterns',
  columns: {
    accountId: column.id({ primary: true }),
    programId: column.id({ primary: true }),
    patternId: column.id({ primary: true }),
    domain: column.string(),
    pattern: column.text(),
    confidence: column.double(),
    evidence: column.text({ nullable: true }),
    status: column.shortString(),
    supersededBy: column.id({ nullable: true }),
    promoted: column.boolean(),
    reinforcements: column.integer(),
    discoveredAt: column.timestamp(),
    lastReinforcedAt: column.timestamp(),
    searchText: column.text({ select: false }),
  },
});
