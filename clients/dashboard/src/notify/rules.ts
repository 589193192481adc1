/** When and of what a device is told. Pure. */
import { type Need, needsOf } from '../live/needs.ts';
import type { SessionSigns } from '../live/session-signs.ts';
import type { Choices } from './choices.ts';

const minutes = (time: string): number => {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  return hours * 60 + rest;
};

/** Whether a time of the day lies in the quiet hours, which may pass midnight. Equal ends are no hours at all. */
export function isQuiet({ quiet, from, to }: Choices, time: string): boolean {
  const [start, end, at] = [minutes(from), minutes(to), minutes(time)];
  if (!quiet || start === end) return false;
  return start < end ? at >= start && at < end : at >= start || at < end;
}

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** A later notice with the same tag takes the place of this one. */
  readonly tag: string;
  /** The page that it opens. */
  readonly path: string;
}

export type Known = ReadonlyMap<string, readonly Need[]>;

export const knownNeeds = (queue: readonly SessionSigns[]): Known =>
  new Map(queue.map((session) => [session.sessionId, needsOf(session)]));

const TITLES: Record<Need, string> = {
  blocked: 'is blocked',
  handoff: 'asks for a handoff',
  stuck: 'is stuck',
  stale: 'is silent',
};
/** Beyond this many at once, one notice tells of all. */
const APART = 3;

/** What to tell of a queue that was `before`: needs that are new, of the kinds that were chosen. */
export function noticesOf(before: Known, queue: readonly SessionSigns[], { needs: wanted }: Choices): Notice[] {
  const news = queue.flatMap((session) => {
    const had = before.get(session.sessionId) ?? [];
    const need = needsOf(session).find((each) => wanted[each] && !had.includes(each));
    return need ? [{ session, need }] : [];
  });
  if (news.length > APART) {
    const names = news.map(({ session }) => session.programId ?? session.name);
    return [
      { title: `${news.length} sessions need you`, body: [...new Set(names)].join(', '), tag: 'many', path: '/' },
    ];
  }
  return news.map(({ session, need }) => ({
    title: `${session.programId ?? session.name} ${TITLES[need]}`,
    body: session.status ?? session.name,
    tag: session.sessionId,
    path: `/sessions/${encodeURIComponent(session.sessionId)}`,
  }));
}
