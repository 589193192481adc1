/** A task: work for one program or, with the target `*`, for the first program that claims it. */
import { EntitySchema } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import * as column from '../../platform/database/columns.ts';

export const WILDCARD_TARGET = '*';

export interface TaskRow {
  accountId: string;
  taskId: string;
  target: string;
  /** As last written. Whether a claim still holds is derived from the claiming session (rules.ts). */
  state: 'created' | 'claimed' | 'completed';
  title: string;
  instructions: string;
  priority: number;
  /** The sort key of task lists: the most urgent first, then the oldest. */
  turn: number;
  createdBy: string | null;
  createdByKey: string;
  createdAt: number;
  expiresAt: number | null;
  claimedBy: string | null;
  claimedSession: string | null;
  claimedAt: number | null;
  completedAt: number | null;
  outcome: components['schemas']['Outcome'] | null;
  result: string | null;
}

export const Task = new EntitySchema<TaskRow>({
  name: 'Task',
  tableName: 'tasks',
  columns: {
    accountId: column.id({ primary: true }),
    taskId: column.id({ primary: true }),
    target: column.id(),
    state: column.shortString(),
    title: column.string(),
    instructions: column.text(),
    priority: column.integer(),
    turn: column.integer(),
    createdBy: column.id({ nullable: true }),
    createdByKey: column.id(),
    createdAt: column.timestamp(),
    expiresAt: column.timestamp({ nullable: true }),
    claimedBy: column.id({ nullable: true }),
    claimedSession: column.id({ nullable: true }),
    claimedAt: column.timestamp({ nullable: true }),
    completedAt: column.timestamp({ nullable: true }),
    outcome: column.shortString({ nullable: true }),
    result: column.text({ nullable: true }),
  },
});
