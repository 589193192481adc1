/** An event: something that happened in an account, with its place in the account's own order. */
import { EntitySchema } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import * as column from '../database/columns.ts';

export type EventType = components['schemas']['EventType'];

export interface EventRow {
  accountId: string;
  seq: number;
  at: number;
  type: EventType;
  programId: string | null;
  sessionId: string | null;
  /** As the contract has it for the type. Stored as JSON and sent as it is stored. */
  data: object;
}

export const Event = new EntitySchema<EventRow>({
  name: 'Event',
  tableName: 'events',
  columns: {
    accountId: column.id({ primary: true }),
    seq: column.integer({ primary: true }),
    at: column.timestamp(),
    // The column keeps its first name: recorded migrations never change.
    type: column.string({ name: 'kind' }),
    programId: column.id({ nullable: true }),
    sessionId: column.id({ nullable: true }),
    data: column.json(),
  },
});

/** The number of the last event of each account. */
export interface EventCounterRow {
  accountId: string;
  seq: number;
}

export const EventCounter = new EntitySchema<EventCounterRow>({
  name: 'EventCounter',
  tableName: 'event_counters',
  columns: { accountId: column.id({ primary: true }), seq: column.integer() },
});
