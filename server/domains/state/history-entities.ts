/** The versions of a state, as stored: each with the previous values of what it changed. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import type { PatternImage, StateUndo } from './undo.ts';

export type WriteCause = 'write' | 'reinforce' | 'promote' | 'status' | 'remove' | 'restore' | 'import';

export interface StateVersionRow {
  accountId: string;
  programId: string;
  version: number;
  at: number;
  cause: WriteCause;
  restoredVersion: number | null;
  /** The session that the write named. */
  sessionId: string | null;
  keyId: string;
  sections: readonly string[];
  patternsAdded: number;
  patternsChanged: number;
  patternsRemoved: number;
  undo: StateUndo;
  /** The version that undoing this one leads to; null for the one before it. */
  undoesTo: number | null;
  /** Until when it is kept beyond the newest: it was the last of its day. Null for the others, and while its day lasts. */
  keptUntil: number | null;
}

export const StateVersion = new EntitySchema<StateVersionRow>({
  name: 'StateVersion',
  tableName: 'state_versions',
  columns: {
    accountId: column.id({ primary: true }),
    programId: column.id({ primary: true }),
    version: column.integer({ primary: true }),
    at: column.timestamp(),
    cause: column.shortString(),
    restoredVersion: column.integer({ nullable: true }),
    sessionId: column.id({ nullable: true }),
    keyId: column.id(),
    sections: column.json(),
    patternsAdded: column.integer(),
    patternsChanged: column.integer(),
    patternsRemoved: column.integer(),
    undo: column.json(),
    undoesTo: column.integer({ nullable: true }),
    keptUntil: column.timestamp({ nullable: true }),
  },
});

export interface PatternUndoRow {
  accountId: string;
  programId: string;
  version: number;
  patternId: string;
  /** The pattern before the write; null when there was none. */
  before: PatternImage | null;
}

export const PatternUndo = new EntitySchema<PatternUndoRow>({
  name: 'PatternUndo',
  tableName: 'pattern_undos',
  columns: {
    accountId: column.id({ primary: true }),
    programId: column.id({ primary: true }),
    version: column.integer({ primary: true }),
    patternId: column.id({ primary: true }),
    before: column.json({ nullable: true }),
  },
});
