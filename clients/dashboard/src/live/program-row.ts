/** One program as the home page shows it. Pure. */
import { type Need, needsOf, urgency } from './needs.ts';
import { contextPercent, isLive, type SessionSigns } from './session-signs.ts';

/** What is known of a program beside its sessions. */
export interface ProgramFacts {
  readonly programId: string;
  readonly displayName: string;
  readonly paused: boolean;
  /** What the server last said; its sessions may have said something later. */
  readonly lastHeartbeat: string | null;
  readonly state: SessionSigns['state'] | null;
  /** The same: what counts until its sessions are known. */
  readonly health: 'healthy' | 'stale' | 'offline';
  /** Null where whoever is signed in may not know. */
  readonly pendingTasks: number | null;
  readonly pendingMessages: number | null;
}

export interface ProgramRow extends ProgramFacts {
  readonly live: number;
  /** The live session that was updated last. */
  readonly session: SessionSigns | null;
  readonly needs: readonly Need[];
  readonly contextPercent: number | null;
  /** In milliseconds; null when there never was one. */
  readonly heartbeatAt: number | null;
}

export function programRow(facts: ProgramFacts, sessions: readonly SessionSigns[]): ProgramRow {
  const live = sessions.filter(isLive);
  const session = live.reduce<SessionSigns | null>(
    (newest, each) => (newest && Date.parse(newest.updatedAt) >= Date.parse(each.updatedAt) ? newest : each),
    null,
  );
  const beats = [facts.lastHeartbeat, ...sessions.map((each) => each.lastHeartbeat)].filter((at) => at !== null);
  const needs = live.map(needsOf).sort((a, b) => urgency(a) - urgency(b))[0] ?? [];
  return {
    ...facts,
    health: live.some(({ stale }) => !stale) ? 'healthy' : live.length > 0 ? 'stale' : facts.health,
    state: session?.state ?? facts.state,
    live: live.length,
    session,
    needs,
    contextPercent: session && contextPercent(session),
    heartbeatAt: beats.length === 0 ? null : Math.max(...beats.map((at) => Date.parse(at))),
  };
}

export const SORTS = ['attention', 'name', 'heartbeat', 'context', 'progress'] as const;
export type Sort = (typeof SORTS)[number];

export const SHOWN = ['all', 'needs', 'working', 'blocked', 'stale', 'offline'] as const;
export type Shown = (typeof SHOWN)[number];

export interface Choice {
  readonly text: string;
  readonly show: Shown;
  readonly sort: Sort;
}

/** Whether a row belongs to a choice of the list. */
export function isShown(row: ProgramRow, show: Shown): boolean {
  if (show === 'all') return true;
  if (show === 'needs') return row.needs.length > 0;
  if (show === 'stale' || show === 'offline') return row.health === show;
  return row.health !== 'offline' && row.state === show;
}

/** Whether every word of the text is in what the row says. */
export function matches(row: ProgramRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const { programId, displayName, session } = row;
  const said = [programId, displayName, session?.name, session?.status, session?.projectName].join(' ').toLowerCase();
  return words.every((word) => said.includes(word));
}

const HEALTH = { healthy: 0, stale: 1, offline: 2 } as const;
const least = Number.NEGATIVE_INFINITY;

/** Ties end in the order of the names, so that rows move only when something about them has changed. */
const COMPARE: Record<Sort, (a: ProgramRow, b: ProgramRow) => number> = {
  attention: (a, b) => urgency(a.needs) - urgency(b.needs) || HEALTH[a.health] - HEALTH[b.health],
  name: () => 0,
  heartbeat: (a, b) => (b.heartbeatAt ?? least) - (a.heartbeatAt ?? least) || 0,
  context: (a, b) => (b.contextPercent ?? -1) - (a.contextPercent ?? -1),
  progress: (a, b) => (b.session?.progress ?? -1) - (a.session?.progress ?? -1),
};

/** The rows of a choice, in its order. */
export const chosen = (rows: readonly ProgramRow[], { text, show, sort }: Choice): ProgramRow[] =>
  rows
    .filter((row) => isShown(row, show) && matches(row, text))
    .sort((a, b) => COMPARE[sort](a, b) || (a.programId < b.programId ? -1 : 1));
