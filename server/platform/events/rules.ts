/** Who sees which event, and which events a follower has asked for. */
import type { components } from '../../../openapi/generated/types.ts';
import type { Principal } from '../principal.ts';
import type { EventKind, EventRow } from './entity.ts';

/** What is looked at to decide: the row of an event. */
export type FilterableEvent = Pick<EventRow, 'kind' | 'programId'> & {
  readonly data: Readonly<Record<string, unknown>>;
};

export interface EventFilter {
  readonly programId?: string | undefined;
  readonly kinds?: readonly EventKind[] | undefined;
}

type EventReader = Pick<Principal, 'role' | 'programId'>;

/**
 * What a program sees, as over REST: every session, but of state, tasks, messages and programs only
 * what concerns it.
 */
const PROGRAM_VISIBILITY: Readonly<Record<EventKind, 'all' | 'concerned' | 'none'>> = {
  'session.created': 'all',
  'session.updated': 'all',
  'session.stale': 'all',
  'session.stuck': 'all',
  'session.archived': 'all',
  'session.succeeded': 'all',
  'state.written': 'concerned',
  'task.created': 'concerned',
  'task.claimed': 'concerned',
  'task.released': 'concerned',
  'task.completed': 'concerned',
  'message.sent': 'concerned',
  'message.acknowledged': 'concerned',
  'mass-silence': 'none',
  'program.updated': 'concerned',
  'key.created': 'none',
  'key.rotated': 'none',
  'key.revoked': 'none',
  'webhook.created': 'none',
  'webhook.updated': 'none',
  'webhook.deleted': 'none',
  'webhook.disabled': 'none',
};

/** Where the data of an event name programs that it concerns, beside the program of the event itself. */
const PROGRAM_FIELDS: Readonly<Partial<Record<EventKind, readonly string[]>>> = {
  'task.created': ['target', 'createdBy'],
  'task.claimed': ['target', 'createdBy'],
  'task.released': ['target', 'createdBy'],
  'task.completed': ['target', 'createdBy'],
  'message.sent': ['to'],
  // That one recipient has read a message for all concerns its sender alone.
  'message.acknowledged': ['sender'],
};

const ALL_PROGRAMS = '*';

export function concernsProgram({ kind, programId, data }: FilterableEvent, program: string): boolean {
  const named = (PROGRAM_FIELDS[kind] ?? []).map((field) => data[field]);
  return programId === program || named.includes(program) || named.includes(ALL_PROGRAMS);
}

/** Auditors and admins see everything of their account. */
export function maySee({ role, programId }: EventReader, event: FilterableEvent): boolean {
  if (role !== 'program') return true;
  const visibility = PROGRAM_VISIBILITY[event.kind];
  return (
    visibility === 'all' || (visibility === 'concerned' && programId !== null && concernsProgram(event, programId))
  );
}

export const matchesFilter = (event: FilterableEvent, { programId, kinds }: EventFilter): boolean =>
  (kinds === undefined || kinds.includes(event.kind)) && (programId === undefined || concernsProgram(event, programId));

/** Which events are there. */
export interface EventRange {
  /** The oldest that is kept; null when none is. */
  readonly oldest: number | null;
  readonly latest: number;
}

/** Whether everything behind `after` is still there, and `after` was given at all. */
export const canResume = (after: number, { oldest, latest }: EventRange): boolean =>
  after === latest || (after < latest && oldest !== null && oldest <= after + 1);

/** A heartbeat of each of these sessions is told of at once. */
export type SessionPulse = components['schemas']['SessionPulse'];
