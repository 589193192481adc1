/**
 * Which sessions are live, and how their silence is measured: the only definition of both, in TypeScript and in SQL. Every
 * limit, count, claim, takeover and notification uses it, so that no two of them can disagree about a session.
 */
import type { Clock } from '../../platform/clock.ts';
import type { Settings } from '../../platform/settings.ts';
import type { SessionRow, SessionState } from './entity.ts';

interface StateTraits {
  /** Still running, until it is archived. */
  readonly live: boolean;
  /** Archived after a long silence. */
  readonly archivedWhenSilent: boolean;
  /** Reads `stuck` when it sends heartbeats but makes no progress. */
  readonly canBeStuck: boolean;
}

/** A state that the contract adds does not compile until it is classified here. */
const TRAITS: Readonly<Record<SessionState, StateTraits>> = {
  working: { live: true, archivedWhenSilent: true, canBeStuck: true },
  blocked: { live: true, archivedWhenSilent: true, canBeStuck: false },
  pinned: { live: true, archivedWhenSilent: false, canBeStuck: false },
  complete: { live: false, archivedWhenSilent: false, canBeStuck: false },
};

export const SESSION_STATES = Object.keys(TRAITS) as readonly SessionState[];

const statesWith = (trait: keyof StateTraits): readonly SessionState[] =>
  SESSION_STATES.filter((state) => TRAITS[state][trait]);

export const LIVE_STATES = statesWith('live');
export const ARCHIVED_WHEN_SILENT_STATES = statesWith('archivedWhenSilent');
export const STUCK_STATES = statesWith('canBeStuck');

type LivenessFields = Pick<SessionRow, 'state' | 'archived' | 'lastHeartbeat' | 'updatedAt'>;
type IdlenessFields = Pick<SessionRow, 'idleSince'>;

type Periods = Pick<Settings, 'staleAfterMs' | 'stuckAfterMs'>;

/** The instant at which sessions are judged, since when they could have been heard, and the periods of silence that count. */
export interface LivenessContext extends Periods {
  readonly now: number;
  readonly upSince: number;
}

/** Judges sessions now. */
export const livenessAt = (
  clock: Pick<Clock, 'now' | 'upSince'>,
  { staleAfterMs, stuckAfterMs }: Periods,
): LivenessContext => ({
  now: clock.now(),
  upSince: clock.upSince(),
  staleAfterMs,
  stuckAfterMs,
});

/**
 * In a live state and not archived. The successor of a session need not be looked at: `markSucceeded` completes the
 * session, and nothing changes it afterwards.
 */
export const isLive = ({ state, archived }: LivenessFields): boolean => TRAITS[state].live && !archived;

/** When the session was last heard from: the later of its heartbeat and its last update. */
export const getLastSeenAt = ({ lastHeartbeat, updatedAt }: LivenessFields): number =>
  Math.max(lastHeartbeat, updatedAt);

/**
 * How long nothing has been heard since `at`, in milliseconds: the only measure of silence. Time in which the service could
 * not hear does not count, so after an outage every session has each of its periods before it again.
 */
const getMsSince = (at: number, { now, upSince }: LivenessContext): number => now - Math.max(at, upSince);

/** How long the session has been silent while the service could have heard it, in milliseconds. */
export const getSilenceMs = (session: LivenessFields, at: LivenessContext): number =>
  getMsSince(getLastSeenAt(session), at);

/** Its turn has ended and it waits for its person: its silence is no sign of trouble. */
export const isIdle = ({ idleSince }: IdlenessFields): boolean => idleSince !== null;

/** Live, not idle, but silent for longer than `staleAfterMs`. */
export const isStale = (session: LivenessFields & IdlenessFields, at: LivenessContext): boolean =>
  isLive(session) && !isIdle(session) && getSilenceMs(session, at) > at.staleAfterMs;

/** Live and not silent for longer than `staleAfterMs`: it holds a slot of its account's tier, and its claims. */
export const isAlive = (session: LivenessFields, at: LivenessContext): boolean =>
  isLive(session) && getSilenceMs(session, at) <= at.staleAfterMs;

/** Alive and not idle, but in a state that should progress and without progress for `stuckAfterMs`. */
export const isStuck = (session: SessionRow, at: LivenessContext): boolean =>
  TRAITS[session.state].canBeStuck &&
  !isIdle(session) &&
  isAlive(session, at) &&
  getMsSince(session.lastProgressAt, at) >= at.stuckAfterMs;

/** Silent for so long that it should be archived. Some states are exempt. */
export const isSilentTooLong = (session: LivenessFields, at: LivenessContext, archiveAfterMs: number): boolean =>
  TRAITS[session.state].archivedWhenSilent && !session.archived && getSilenceMs(session, at) >= archiveAfterMs;

/** Whether any session can have been silent for longer than `silenceMs`: the service has been able to hear for that long. */
export const couldHearFor = ({ now, upSince }: LivenessContext, silenceMs: number): boolean =>
  now - upSince > silenceMs;

/** Before every instant that a session was last seen at. */
const NEVER = 0;

/**
 * When a session that has now been silent for exactly `silenceMs` was last seen: the value that the SQL below compares with.
 * It is `getSilenceMs` in SQL, so while no session can have been silent for that long, none was last seen before it.
 */
export const lastSeenCutoff = (at: LivenessContext, silenceMs: number): number =>
  couldHearFor(at, silenceMs) ? at.now - silenceMs : NEVER;

/** Sessions last seen before this are stale. */
export const staleCutoff = (at: LivenessContext): number => lastSeenCutoff(at, at.staleAfterMs);

/** `isLive` in SQL. `table` is the alias of `sessions` with its dot, for example `s.`. The states are a range of sessions_newest. */
export const liveSql = (table = ''): string =>
  `${table}archived = 0 AND ${table}state IN (${quoteStates(LIVE_STATES)})`;

/** Last seen at the cutoff or later. `updatedAt` is never earlier than the heartbeat, so it alone is the last sign of life. */
export const seenSinceSql = (table = '', cutoff = '?'): string => `${table}updatedAt >= ${cutoff}`;

/** Last seen before the cutoff. */
export const silentSinceSql = (table = ''): string => `${table}updatedAt < ?`;

/** `isIdle` in SQL, and its opposite. */
export const idleSql = (table = ''): string => `${table}idleSince IS NOT NULL`;
export const notIdleSql = (table = ''): string => `${table}idleSince IS NULL`;

/** `isAlive` in SQL. The value of `cutoff`, a placeholder, is `staleCutoff`. */
export const aliveSql = (table = '', cutoff = '?'): string => `${liveSql(table)} AND ${seenSinceSql(table, cutoff)}`;

// The states are constants of the contract, so they need no placeholders; MySQL plans literals better.
const quoteStates = (states: readonly SessionState[]): string => states.map((state) => `'${state}'`).join(', ');
