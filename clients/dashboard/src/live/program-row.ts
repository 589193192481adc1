/** One program as the home page shows it. Pure. */
import { compareByNeed, getNeeds, isLive, type Need, rankNeeds } from '@fleetbeat/client';
import { contextPercent, type SessionSnapshot } from './session-snapshot.ts';

/** The facts about a program that do not come from its sessions. */
export interface ProgramFacts {
  readonly programId: string;
  readonly displayName: string;
  readonly paused: boolean;
  /** Of the session that the server's last answer speaks of; used when no session is loaded. */
  readonly lastHeartbeat: string | null;
  readonly state: SessionSnapshot['state'] | null;
  /** Tasks for this program alone; null if the user may not read it. */
  readonly pendingTasks: number | null;
  readonly pendingMessages: number | null;
}

/** What a row says in one word. Its badge, colour, order and filter all follow from this. */
export type RowState = Need | 'paused' | 'working' | 'pinned' | 'idle' | 'done' | 'offline';

export interface ProgramRow extends ProgramFacts {
  /** How many sessions are live. */
  readonly live: number;
  /**
   * The session that every other field speaks of: one that needs a person, else the most recently updated live one, else
   * the one that ended last. Null if none is known.
   */
  readonly session: SessionSnapshot | null;
  readonly rowState: RowState;
  readonly needs: readonly Need[];
  readonly contextPercent: number | null;
  /** In milliseconds; null if there never was one. */
  readonly heartbeatAt: number | null;
}

/** `sessions` are the known sessions of the program, live ones and the one that ended last. */
export function toProgramRow(facts: ProgramFacts, sessions: readonly SessionSnapshot[]): ProgramRow {
  const live = sessions.filter(isLive);
  const session = findMostImportant(live) ?? findMostImportant(sessions);
  const needs = session ? getNeeds(session) : [];
  const heartbeat = session?.lastHeartbeat ?? facts.lastHeartbeat;
  return {
    ...facts,
    rowState: getRowState(facts, session, needs),
    live: live.length,
    session,
    needs,
    contextPercent: session && contextPercent(session),
    heartbeatAt: heartbeat === null ? null : Date.parse(heartbeat),
  };
}

function findMostImportant(sessions: readonly SessionSnapshot[]): SessionSnapshot | null {
  const [neediest] = [...sessions].sort(compareByNeed);
  if (neediest && getNeeds(neediest).length > 0) return neediest;
  return sessions.reduce<SessionSnapshot | null>(
    (newest, each) => (newest && Date.parse(newest.updatedAt) >= Date.parse(each.updatedAt) ? newest : each),
    null,
  );
}

function getRowState(
  { paused, state }: ProgramFacts,
  session: SessionSnapshot | null,
  [need]: readonly Need[],
): RowState {
  if (need) return need;
  if (paused) return 'paused';
  if (!session) return state === 'complete' ? 'done' : 'offline';
  if (session.state === 'complete') return 'done';
  if (!isLive(session)) return 'offline';
  return session.idle ? 'idle' : session.state;
}

export const SORT_ORDERS = ['attention', 'name', 'heartbeat', 'context', 'progress'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

export const FLEET_FILTERS = ['all', 'needs', 'working', 'blocked', 'idle', 'stale', 'done', 'offline'] as const;
export type FleetFilter = (typeof FLEET_FILTERS)[number];

export interface FleetListQuery {
  readonly text: string;
  readonly show: FleetFilter;
  readonly sort: SortOrder;
}

/** Whether a filter shows the row. */
export function matchesFilter({ needs, rowState }: ProgramRow, show: FleetFilter): boolean {
  if (show === 'all') return true;
  if (show === 'needs') return needs.length > 0;
  // A blocked session may be silent as well: it has both badges.
  if (show === 'blocked' || show === 'stale') return needs.includes(show);
  return rowState === show;
}

/** Whether the row contains every word of the text. */
export function matchesSearch(row: ProgramRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const { programId, displayName, session } = row;
  const haystack = [programId, displayName, session?.name, session?.status, session?.projectName]
    .join(' ')
    .toLowerCase();
  return words.every((word) => haystack.includes(word));
}

const QUIET_RANK: Readonly<Partial<Record<RowState, number>>> = { idle: 1, done: 2, offline: 3 };
const getQuietRank = ({ rowState }: ProgramRow): number => QUIET_RANK[rowState] ?? 0;
const NEVER = Number.NEGATIVE_INFINITY;

/** What needs a person as the inbox has it, the longest wait first; then what works, is idle, is done, is offline. */
function compareByAttention(a: ProgramRow, b: ProgramRow): number {
  const byNeed = a.session && b.session && a.needs.length > 0 ? compareByNeed(a.session, b.session) : 0;
  return rankNeeds(a.needs) - rankNeeds(b.needs) || byNeed || getQuietRank(a) - getQuietRank(b);
}

/** Ties are broken by name, so that rows move only when they change. */
const COMPARATORS: Record<SortOrder, (a: ProgramRow, b: ProgramRow) => number> = {
  attention: compareByAttention,
  name: () => 0,
  heartbeat: (a, b) => (b.heartbeatAt ?? NEVER) - (a.heartbeatAt ?? NEVER) || 0,
  context: (a, b) => (b.contextPercent ?? -1) - (a.contextPercent ?? -1),
  progress: (a, b) => (b.session?.progress ?? -1) - (a.session?.progress ?? -1),
};

/** The rows that match the query, in its order. */
export const selectRows = (rows: readonly ProgramRow[], { text, show, sort }: FleetListQuery): ProgramRow[] =>
  rows
    .filter((row) => matchesFilter(row, show) && matchesSearch(row, text))
    .sort((a, b) => COMPARATORS[sort](a, b) || (a.programId < b.programId ? -1 : 1));
