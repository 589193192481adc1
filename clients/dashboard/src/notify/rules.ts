/** When a device is notified, and of what. Pure. */
import { type components, getNeeds, type Need } from '@fleetbeat/client';
import type { SessionSnapshot } from '../live/session-snapshot.ts';
import type { NotificationPreferences } from './preferences.ts';

const toMinutes = (time: string): number => {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  return hours * 60 + rest;
};

/** Whether a time of day lies within the quiet hours, which may cross midnight. Equal ends mean no quiet hours. */
export function isQuietTime({ quiet, from, to }: NotificationPreferences, time: string): boolean {
  const [start, end, at] = [toMinutes(from), toMinutes(to), toMinutes(time)];
  if (!quiet || start === end) return false;
  return start < end ? at >= start && at < end : at >= start || at < end;
}

type PushType = components['schemas']['EventType'];

const KINDS: Readonly<Record<Need, readonly PushType[]>> = {
  blocked: ['question.asked', 'session.blocked', 'turn-limit'],
  handoff: ['session.handoff'],
  stuck: ['session.stuck'],
  stale: ['session.stale'],
};

/** The events of which the server notifies this device. At least one: a device without any need is asked for questions. */
export function listPushTypes({ needs, push }: NotificationPreferences): PushType[] {
  const types = (Object.keys(KINDS) as Need[]).flatMap((need) => (needs[need] ? KINDS[need] : []));
  if (push.completed) types.push('session.completed');
  return types.length > 0 ? types : ['question.asked'];
}

export interface NotificationContent {
  readonly title: string;
  readonly body: string;
  /** A later notification with the same tag replaces this one. */
  readonly tag: string;
  /** The page that a click opens. */
  readonly path: string;
}

export type NeedsBySession = ReadonlyMap<string, readonly Need[]>;

export const indexNeeds = (queue: readonly SessionSnapshot[]): NeedsBySession =>
  new Map(queue.map((session) => [session.sessionId, getNeeds(session)]));

const TITLES: Record<Need, string> = {
  blocked: 'is blocked',
  handoff: 'asks for a handoff',
  stuck: 'is stuck',
  stale: 'is silent',
};
/** More than this many at once become one notification. */
const MAX_SEPARATE = 3;

/** Notifications for the needs in `queue` that were not there `before`, of the selected kinds. */
export function buildNotifications(
  before: NeedsBySession,
  queue: readonly SessionSnapshot[],
  { needs: wanted }: NotificationPreferences,
): NotificationContent[] {
  const newNeeds = queue.flatMap((session) => {
    const had = before.get(session.sessionId) ?? [];
    const need = getNeeds(session).find((each) => wanted[each] && !had.includes(each));
    return need ? [{ session, need }] : [];
  });
  if (newNeeds.length > MAX_SEPARATE) {
    const names = newNeeds.map(({ session }) => session.programId ?? session.name);
    return [
      { title: `${newNeeds.length} sessions need you`, body: [...new Set(names)].join(', '), tag: 'many', path: '/' },
    ];
  }
  return newNeeds.map(({ session, need }) => ({
    title: `${session.programId ?? session.name} ${TITLES[need]}`,
    body: session.status ?? session.name,
    tag: session.sessionId,
    path: `/sessions/${encodeURIComponent(session.sessionId)}`,
  }));
}
