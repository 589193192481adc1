/** Who sees which event, and which events a follower has asked for. Pure. */
import type { components } from '../../../openapi/generated/types.ts';
import type { Principal } from '../principal.ts';
import type { EventRow, EventType } from './entity.ts';

/** The part of an event that decides who sees it. */
export type FilterableEvent = Pick<EventRow, 'type' | 'programId'> & {
  readonly data: Readonly<Record<string, unknown>>;
};

export interface EventFilter {
  readonly programId?: string | undefined;
  readonly types?: readonly EventType[] | undefined;
}

type EventReader = Pick<Principal, 'role' | 'programId'>;

/**
 * What a program sees, as over REST: every session, but of state, tasks, messages and programs only
 * what concerns it.
 */
const PROGRAM_VISIBILITY: Readonly<Record<EventType, 'all' | 'concerned' | 'none'>> = {
  'session.created': 'all',
  'session.updated': 'all',
  'session.blocked': 'all',
  'session.handoff': 'all',
  'session.idle': 'all',
  'session.completed': 'all',
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
  'message.delivered': 'concerned',
  'message.acknowledged': 'concerned',
  'message.answered': 'concerned',
  'question.asked': 'concerned',
  'question.answered': 'concerned',
  'question.withdrawn': 'concerned',
  'question.expired': 'concerned',
  'turn-limit': 'all',
  'mass-silence': 'none',
  'program.updated': 'concerned',
  'program.removed': 'concerned',
  'key.created': 'none',
  'key.rotated': 'none',
  'key.revoked': 'none',
  'webhook.created': 'none',
  'webhook.updated': 'none',
  'webhook.deleted': 'none',
  'webhook.disabled': 'none',
};

/** Fields of an event's data that name programs it concerns, beside the program of the event itself. */
const PROGRAM_FIELDS: Readonly<Partial<Record<EventType, readonly string[]>>> = {
  'task.created': ['target', 'createdBy'],
  'task.claimed': ['target', 'createdBy'],
  'task.released': ['target', 'createdBy'],
  'task.completed': ['target', 'createdBy'],
  'message.sent': ['to'],
  // What one recipient has done with a message for all concerns its sender alone.
  'message.delivered': ['sender'],
  'message.acknowledged': ['sender'],
  'message.answered': ['sender'],
};

const ALL_PROGRAMS = '*';

export function concernsProgram(event: FilterableEvent, program: string): boolean {
  if (event.programId === program) return true;
  // `data` is parsed when it is asked for.
  return (PROGRAM_FIELDS[event.type] ?? []).some(
    (field) => event.data[field] === program || event.data[field] === ALL_PROGRAMS,
  );
}

/** Auditors and admins see everything of their account. */
export function maySee({ role, programId }: EventReader, event: FilterableEvent): boolean {
  if (role !== 'program') return true;
  const visibility = PROGRAM_VISIBILITY[event.type];
  return (
    visibility === 'all' || (visibility === 'concerned' && programId !== null && concernsProgram(event, programId))
  );
}

export const matchesFilter = (event: FilterableEvent, { programId, types }: EventFilter): boolean =>
  (types === undefined || types.includes(event.type)) && (programId === undefined || concernsProgram(event, programId));

/** What a database can tell apart of a view, without a look into the data: some events of it may not be of the view. */
export interface EventSelection {
  /** Only these types; null for all. */
  readonly types: readonly EventType[] | null;
  /** For each: only events of this program, and of the types that may concern it without being its own. */
  readonly concerning: readonly { readonly programId: string; readonly otherwise: readonly EventType[] }[];
}

const ALL_TYPES = Object.keys(PROGRAM_VISIBILITY) as EventType[];
const TYPES_NAMING_PROGRAMS = Object.keys(PROGRAM_FIELDS) as EventType[];

/** The selection that has everything which `matchesFilter` and `maySee` let through. */
export function toSelection({ role, programId }: EventReader, filter: EventFilter): EventSelection {
  const isProgram = role === 'program';
  const types = ALL_TYPES.filter(
    (type) => (!filter.types || filter.types.includes(type)) && (!isProgram || PROGRAM_VISIBILITY[type] !== 'none'),
  );
  const seenByAll = ALL_TYPES.filter((type) => PROGRAM_VISIBILITY[type] === 'all');
  const concerning = [
    ...(filter.programId === undefined ? [] : [{ programId: filter.programId, otherwise: TYPES_NAMING_PROGRAMS }]),
    ...(isProgram && programId !== null ? [{ programId, otherwise: [...seenByAll, ...TYPES_NAMING_PROGRAMS] }] : []),
  ];
  return { types: types.length === ALL_TYPES.length ? null : types, concerning };
}

/** Which events are kept. */
export interface EventRange {
  /** The oldest that is kept; null when none is. */
  readonly oldest: number | null;
  readonly latest: number;
}

/** Whether every event behind `after` is still kept, and `after` is a number that was given out. */
export const canResume = (after: number, { oldest, latest }: EventRange): boolean =>
  after === latest || (after < latest && oldest !== null && oldest <= after + 1);

/** The last heartbeat of a session. */
export type SessionPulse = components['schemas']['SessionPulse'];
