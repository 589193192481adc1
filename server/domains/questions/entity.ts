/** A question that a session asks a person. */
import { EntitySchema } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import * as column from '../../platform/database/columns.ts';

type Schemas = components['schemas'];

export interface QuestionRow {
  accountId: string;
  questionId: string;
  sessionId: string;
  programId: string | null;
  kind: Schemas['QuestionKind'];
  title: string;
  details: readonly Schemas['QuestionDetail'][];
  options: readonly string[];
  freeText: boolean;
  /** The stored state. `effectiveState` in rules.ts also closes questions that expired or whose session has ended. */
  state: Schemas['Question']['state'];
  answerOption: string | null;
  answerText: string | null;
  /** The label of the key that answered, or its id. */
  answeredBy: string | null;
  createdAt: number;
  expiresAt: number;
  closedAt: number | null;
  /** State and status of the session before its first open question; restored when the last one is closed. */
  previousState: Schemas['Session']['state'];
  previousStatus: string | null;
}

export const Question = new EntitySchema<QuestionRow>({
  name: 'Question',
  tableName: 'questions',
  columns: {
    accountId: column.id({ primary: true }),
    questionId: column.id({ primary: true }),
    sessionId: column.id(),
    programId: column.id({ nullable: true }),
    kind: column.shortString(),
    title: column.string(),
    details: column.json(),
    options: column.json(),
    freeText: column.boolean(),
    state: column.shortString(),
    answerOption: column.string({ nullable: true }),
    answerText: column.text({ nullable: true }),
    answeredBy: column.string({ nullable: true }),
    createdAt: column.timestamp(),
    expiresAt: column.timestamp(),
    closedAt: column.timestamp({ nullable: true }),
    previousState: column.shortString(),
    previousStatus: column.string({ nullable: true }),
  },
});
