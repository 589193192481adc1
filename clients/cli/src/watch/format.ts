/** An event in words. */
import type { FleetEvent } from '@fleetbeat/client';
import { oneLine } from '../text.ts';

/** Told only when everything is wanted: progress, and what follows from what is told already. */
const QUIET: ReadonlySet<FleetEvent['type']> = new Set([
  'state.written',
  'task.released',
  'message.delivered',
  'message.acknowledged',
]);

/**
 * The line of an event; null for one that is told only with `all`. `states` has what each session was last said to be, so that
 * a change of its state is told and a change of its progress is not.
 */
export function formatEvent(event: FleetEvent, states: Map<string, string>, all: boolean): string | null {
  const who = oneLine(event.programId ?? event.sessionId ?? 'account');
  const words =
    'state' in event.data && 'handoffRequired' in event.data ? describeSession(event, states, all) : describe(event);
  if (words === null || (!all && QUIET.has(event.type))) return null;
  return oneLine(`${who}  ${words}`);
}

function describeSession(
  { type, sessionId, data }: FleetEvent,
  states: Map<string, string>,
  all: boolean,
): string | null {
  if (!('handoffRequired' in data) || sessionId === null) return type;
  const state = data.idle ? 'idle' : data.state;
  const before = states.get(sessionId);
  states.set(sessionId, state);
  const status = data.status ?? data.name;
  if (type === 'session.created') return `started: ${data.name}`;
  if (type === 'session.stale') return `is silent: ${status}`;
  if (type === 'session.stuck') return `is stuck: ${status}`;
  if (type === 'session.archived') return data.archiveReason === 'silent' ? `is gone for good: ${status}` : null;
  if (type === 'session.succeeded') return `handed over to ${data.successor}`;
  if (before === state && !all) return null;
  return `${STATE_WORDS[state] ?? state}: ${status}`;
}

const STATE_WORDS: Readonly<Record<string, string>> = {
  working: 'works',
  blocked: 'is blocked',
  complete: 'finished',
  pinned: 'is pinned',
  idle: 'waits for you',
};

/** The other events, by their type and the field that tells most. */
function describe({ type, data }: FleetEvent): string {
  const subject = Object.entries(data).find(([name]) => SUBJECTS.includes(name))?.[1];
  const verb = WORDS[type] ?? type.replaceAll(/[.-]/g, ' ');
  return subject === undefined || subject === null ? verb : `${verb}: ${String(subject)}`;
}

const SUBJECTS: readonly string[] = ['title', 'to', 'version', 'sessions', 'keyId', 'webhookId', 'displayName'];
const WORDS: Readonly<Partial<Record<FleetEvent['type'], string>>> = {
  'question.asked': 'asks',
  'question.answered': 'has its answer',
  'question.withdrawn': 'asks no longer',
  'question.expired': 'got no answer',
  'task.created': 'has work waiting',
  'task.claimed': 'took a task',
  'task.released': 'gave a task back',
  'task.completed': 'completed a task',
  'message.sent': 'wrote to',
  'message.answered': 'answered a message',
  'state.written': 'wrote its memory, version',
  'mass-silence': 'fell silent together, sessions',
  'turn-limit': 'went on by itself too often, and waits for you',
  'program.updated': 'was changed',
  'program.removed': 'was removed',
};
