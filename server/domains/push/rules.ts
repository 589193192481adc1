/** What a browser is notified of, in which words and when. Pure. */
import { HOUR, SECOND } from '../../platform/clock.ts';
import type { EventRow, EventType } from '../../platform/events/entity.ts';
import type { PushSubscriptionRow } from './entity.ts';

const TITLES = {
  'question.asked': 'asks you',
  'session.blocked': 'is blocked',
  'turn-limit': 'went on by itself for too long',
  'session.handoff': 'asks for a handoff',
  'session.stuck': 'is stuck',
  'session.stale': 'is silent',
  'session.idle': 'has ended its turn',
  'session.completed': 'is done',
} as const satisfies Readonly<Partial<Record<EventType, string>>>;

export type PushType = keyof typeof TITLES;
export const PUSH_TYPES = Object.keys(TITLES) as PushType[];
const NEEDS_NOBODY: ReadonlySet<string> = new Set<PushType>(['session.idle', 'session.completed']);

/** Older events ring nobody: after an outage, agents have gone on since. */
export const MAX_AGE_MS = 1 * HOUR;
/** What happens within this time after a notification becomes one more. */
export const COLLAPSE_MS = 10 * SECOND;
/** Longer than an attempt takes; a server that dies delays its notifications by no more than this. */
export const CLAIM_MS = 20 * SECOND;
const MIN_RETRY_MS = 5 * SECOND;
const MAX_RETRY_MS = 1 * HOUR;
/** About four days of failures. */
export const MAX_FAILURES = 100;

/** No time to send is further ahead, so one that is was set before a clock was set back. */
export const MAX_AHEAD_MS = 2 * MAX_RETRY_MS;

export const retryDelayMs = (failures: number, requestedMs: number): number =>
  Math.max(Math.min(MAX_RETRY_MS, MIN_RETRY_MS * 3 ** Math.min(failures - 1, 10)), Math.min(requestedMs, MAX_RETRY_MS));

export const isTimeZone = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone }) !== undefined;
  } catch {
    return false;
  }
};

const toMinutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Whether an instant lies in the quiet hours, which may cross midnight. Equal ends mean none. */
export function isQuiet(quietHours: PushSubscriptionRow['quietHours'], now: number): boolean {
  if (!quietHours) return false;
  const { timeZone, from, to } = quietHours;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const [start, end, at] = [toMinutes(from), toMinutes(to), toMinutes(format.format(now))];
  return start <= end ? at >= start && at < end : at >= start || at < end;
}

/** The events that the subscription is notified of. */
export const selectEvents = (
  { types, seenSeq }: Pick<PushSubscriptionRow, 'types' | 'seenSeq'>,
  events: readonly EventRow[],
  now: number,
): EventRow[] =>
  events.filter(
    ({ seq, type, at }) => seq > seenSeq && (types as readonly string[]).includes(type) && at >= now - MAX_AGE_MS,
  );

/** What a notification shows of an open question. */
export interface AskedQuestion {
  readonly questionId: string;
  readonly title: string;
  readonly details: readonly { readonly label: string; readonly value: string }[];
  readonly options: readonly string[];
}

export interface PushNotification {
  readonly title: string;
  readonly body?: string;
  /** The page to open. */
  readonly path: string;
  /** A later notification with the same tag replaces this one. */
  readonly tag: string;
  /** The options that can be chosen in the notification itself. */
  readonly answer?: { readonly questionId: string; readonly options: readonly string[] };
}

/** More bytes do not fit into the 4,096 that every push service takes. */
const MAX_BODY_BYTES = 1_600;
/** What a phone shows whole. Nobody should allow a command of which he sees the beginning. */
const MAX_ANSWERABLE = { characters: 300, lines: 6, options: 2, option: 40 };

/**
 * One notification for all of the events; null when none needs anybody any more. `questions` are those of the events that
 * are still open, by id.
 */
export function buildNotification(
  events: readonly EventRow[],
  questions: ReadonlyMap<string, AskedQuestion>,
  showDetails: boolean,
): PushNotification | null {
  const asking = new Set(events.flatMap(({ type, sessionId }) => (type === 'question.asked' ? [sessionId] : [])));
  const current = events.filter(({ type, sessionId, data }) =>
    type === 'question.asked'
      ? questions.has(readText(data, 'questionId'))
      : type !== 'session.blocked' || !asking.has(sessionId),
  );
  const bySession = new Map(current.map((event) => [event.sessionId, event]));
  const [event, ...others] = [...bySession.values()];
  if (!event) return null;
  if (others.length === 0) return buildSingle(event, questions.get(readText(event.data, 'questionId')), showDetails);
  const all = [event, ...others];
  const names = [...new Set(all.map(getName))].join(', ');
  const verb = all.every(({ type }) => NEEDS_NOBODY.has(type)) ? 'sessions are done' : 'sessions need you';
  return { title: `${all.length} ${verb}`, body: cut(names), path: '/', tag: 'many' };
}

function buildSingle(event: EventRow, question: AskedQuestion | undefined, showDetails: boolean): PushNotification {
  const title = `${getName(event)} ${TITLES[event.type as PushType]}`;
  const { sessionId } = event;
  const page = sessionId === null ? '/' : `/sessions/${encodeURIComponent(sessionId)}`;
  const notification = { title, path: page, tag: sessionId ?? event.type };
  if (!showDetails) return notification;
  const body = question ? describeQuestion(question) : readText(event.data, 'status');
  if (body === '') return notification;
  const shown = { ...notification, body: cut(body) };
  return question && isAnswerable(question, body)
    ? { ...shown, answer: { questionId: question.questionId, options: question.options } }
    : shown;
}

const describeQuestion = ({ title, details }: AskedQuestion): string =>
  [title, ...details.map(({ label, value }) => `${label}: ${value}`)].join('\n');

const isAnswerable = ({ options }: AskedQuestion, body: string): boolean =>
  options.length > 0 &&
  options.length <= MAX_ANSWERABLE.options &&
  options.every((option) => option.length <= MAX_ANSWERABLE.option) &&
  body.length <= MAX_ANSWERABLE.characters &&
  body.split('\n').length <= MAX_ANSWERABLE.lines;

const getName = ({ programId, data }: EventRow): string => programId ?? (readText(data, 'name') || 'A session');

function readText(data: object, field: string): string {
  const value = (data as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'string' ? value : '';
}

function cut(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_BODY_BYTES) return text;
  return `${bytes
    .subarray(0, MAX_BODY_BYTES)
    .toString()
    .replace(/\uFFFD+$/, '')}…`;
}
