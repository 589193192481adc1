/** Events in words, for receivers that show text. Pure. */
import type { EventRow, EventType } from '../../platform/events/entity.ts';

export interface EventText {
  readonly title: string;
  /** More of it; empty when the title says all. */
  readonly text: string;
  /** The dashboard's page. */
  readonly path: string;
  /** Whether somebody is needed. */
  readonly urgent: boolean;
}

/** What a session, or the program that runs it, has become. */
const SESSION_TITLES: Readonly<Partial<Record<EventType, string>>> = {
  'session.created': 'has started',
  'session.updated': 'says something new',
  'session.blocked': 'is blocked',
  'session.handoff': 'asks for a handoff',
  'session.idle': 'has ended its turn',
  'session.completed': 'is done',
  'session.stale': 'is silent',
  'session.stuck': 'is stuck',
  'session.archived': 'was archived',
  'session.succeeded': 'was succeeded by another session',
  'question.asked': 'asks a question',
  'question.answered': 'was answered',
  'question.withdrawn': 'no longer asks',
  'question.expired': 'got no answer in time',
  'turn-limit': 'went on by itself for too long',
};

const URGENT: ReadonlySet<EventType> = new Set([
  'question.asked',
  'session.blocked',
  'session.handoff',
  'session.stale',
  'session.stuck',
  'turn-limit',
  'mass-silence',
  'webhook.disabled',
]);

export function describeEvent({ type, programId, sessionId, data }: EventRow): EventText {
  const fields = data as Readonly<Record<string, unknown>>;
  const read = (field: string): string => (typeof fields[field] === 'string' ? fields[field] : '');
  const verb = SESSION_TITLES[type];
  const name = programId ?? (read('name') || 'A session');
  const title = verb ? `${name} ${verb}` : toTitle(type, programId);
  // A question and a task have a title, a session says what it does.
  const text = read('title') || read('status');
  return { title, text, path: getPath(programId, sessionId, read('taskId')), urgent: URGENT.has(type) };
}

/** `key.revoked` as `Key revoked`. */
function toTitle(type: EventType, programId: string | null): string {
  const words = type.replace(/[.-]/g, ' ');
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return programId === null ? sentence : `${sentence}: ${programId}`;
}

function getPath(programId: string | null, sessionId: string | null, taskId: string): string {
  if (sessionId !== null) return `/sessions/${encodeURIComponent(sessionId)}`;
  if (taskId !== '') return `/tasks/${encodeURIComponent(taskId)}`;
  return programId === null ? '/' : `/programs/${encodeURIComponent(programId)}`;
}
