/** One program as the home page shows it. Pure. */
import { compareByNeed, getNeeds, isLive, type Need, rankNeeds } from '@fleetbeat/client';
import { contextPercent, type SessionSnapshot } from './session-snapshot.ts';

/** The facts about a program that do not come from its sessions. */
export interface ProgramFacts {
  readonly programId: string;
  readonly displayName: string;
  readonly paused: boolean;
  /** From the server's last answer; sessions may have a later one. */
  readonly lastHeartbeat: string | null;
  readonly state: SessionSnapshot['state'] | null;
  /** From the server's last answer; used until its sessions are loaded. */
  readonly health: 'healthy' | 'stale' | 'idle' | 'offline';
  /** Null if the user may not read it. */
  readonly pendingTasks: number | null;
  readonly pendingMessages: number | null;
}

export interface ProgramRow extends ProgramFacts {
  readonly live: number;
  /** The most recently updated live session. */
  readonly session: SessionSnapshot | null;
  /** That session waits for its person. */
  readonly idle: boolean;
  readonly needs: readonly Need[];
  readonly contextPercent: number | null;
  /** In milliseconds; null if there never was one. */
  readonly heartbeatAt: number | null;
}

export function toProgramRow(facts: ProgramFacts, sessions: readonly SessionSnapshot[]): ProgramRow {
  const live = sessions.filter(isLive);
  const session = live.reduce<SessionSnapshot | null>(
    (newest, each) => (newest && Date.parse(newest.updatedAt) >= Date.parse(each.updatedAt) ? newest : each),
    null,
  );
  const heartbeats = [facts.lastHeartbeat, ...sessions.map((each) => each.lastHeartbeat)].filter((at) => at !== null);
  const [neediest] = [...live].sort(compareByNeed);
  return {
    ...facts,
    health: getHealth(live) ?? facts.health,
    state: session?.state ?? facts.state,
    idle: session ? session.idle : facts.health === 'idle',
    live: live.length,
    session,
    needs: neediest ? getNeeds(neediest) : [],
    contextPercent: session && contextPercent(session),
    heartbeatAt: heartbeats.length === 0 ? null : Math.max(...heartbeats.map((at) => Date.parse(at))),
  };
}

/** Null when nothing is live. */
function getHealth(live: readonly SessionSnapshot[]): ProgramFacts['health'] | null {
  if (live.some(({ stale, idle }) => !stale && !idle)) return 'healthy';
  if (live.some(({ stale }) => stale)) return 'stale';
  return live.length > 0 ? 'idle' : null;
}

export const SORT_ORDERS = ['attention', 'name', 'heartbeat', 'context', 'progress'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

export const FLEET_FILTERS = ['all', 'needs', 'working', 'blocked', 'idle', 'stale', 'offline'] as const;
export type FleetFilter = (typeof FLEET_FILTERS)[number];

export interface FleetListQuery {
  readonly text: string;
  readonly show: FleetFilter;
  readonly sort: SortOrder;
}

/** Whether a filter shows the row. */
export function matchesFilter(row: ProgramRow, show: FleetFilter): boolean {
  if (show === 'all') return true;
  if (show === 'needs') return row.needs.length > 0;
  if (show === 'stale' || show === 'offline') return row.health === show;
  if (show === 'idle') return row.idle;
  return row.health !== 'offline' && row.state === show && !(row.idle && show === 'working');
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

const HEALTH_RANK = { healthy: 0, stale: 1, idle: 2, offline: 3 } as const;
const NEVER = Number.NEGATIVE_INFINITY;

/** Ties are broken by name, so that rows move only when they change. */
const COMPARATORS: Record<SortOrder, (a: ProgramRow, b: ProgramRow) => number> = {
  attention: (a, b) => rankNeeds(a.needs) - rankNeeds(b.needs) || HEALTH_RANK[a.health] - HEALTH_RANK[b.health],
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
