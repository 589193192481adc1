/** The lines of the inbox: a session, or many with the same need as one. Pure. */
import { getNeeds, type Need } from '@fleetbeat/client';
import type { SessionSnapshot } from '../../live/session-snapshot.ts';

export interface InboxGroup {
  readonly id: string;
  readonly need: Need;
  readonly sessions: readonly SessionSnapshot[];
  /** When the first of them began to wait, in milliseconds. */
  readonly since: number;
}
export type InboxItem = { readonly id: string; readonly session: SessionSnapshot } | InboxGroup;

/** More than this many with one need become one line. Questions never do: each has an answer of its own. */
const MAX_SEPARATE = 5;

/** Keeps the order of `sessions`; a group stands where its first session would. */
export function toInboxItems(sessions: readonly SessionSnapshot[]): InboxItem[] {
  const byNeed = new Map<Need | undefined, SessionSnapshot[]>();
  for (const session of sessions) {
    const [need] = getNeeds(session);
    byNeed.set(need, [...(byNeed.get(need) ?? []), session]);
  }
  const isGrouped = (need: Need | undefined) =>
    need !== undefined && need !== 'blocked' && (byNeed.get(need)?.length ?? 0) > MAX_SEPARATE;
  const items: InboxItem[] = [];
  const grouped = new Set<Need>();
  for (const session of sessions) {
    const [need] = getNeeds(session);
    if (need === undefined || !isGrouped(need)) items.push({ id: session.sessionId, session });
    else if (!grouped.has(need)) {
      grouped.add(need);
      const members = byNeed.get(need) ?? [];
      const since = Math.min(...members.map((each) => getWaitStart(need, each)));
      items.push({ id: `group:${need}`, need, sessions: members, since });
    }
  }
  return items;
}

/** Since when it waits, as far as is known, in milliseconds. */
export const getWaitStart = (need: Need, session: SessionSnapshot): number =>
  Date.parse(need === 'stale' ? session.updatedAt : session.lastProgressAt);
