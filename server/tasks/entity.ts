/** A task: work for one program or, with the target `*`, for whichever takes it first. */
import { EntitySchema } from 'typeorm';
import * as column from '../storage/columns.ts';

export const EVERYBODY = '*';

export interface TaskRow {
  accountId: string;
  taskId: string;
  target: string;
  state: 'created' | 'claimed' | 'completed';
  title: string;
  createdAt: number;
  expiresAt: number | null;
}

export const Task = new EntitySchema<TaskRow>({
  name: 'Task',
  tableName: 'tasks',
  columns: {
    accountId: column.id({ primary: true }),
    taskId: column.id({ primary: true }),
    target: column.id(),
    state: column.word(),
    title: column.line(),
    createdAt: column.moment(),
    expiresAt: column.moment({ nullable: true }),
  },
});
