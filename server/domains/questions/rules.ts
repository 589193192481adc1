/** The rules of questions. Pure: the current time and the asking session are arguments. */
import type { components } from '../../../openapi/generated/types.ts';
import { DAY, SECOND } from '../../platform/clock.ts';
import { Fault, invalidField } from '../../platform/faults.ts';
import type { SessionRow } from '../sessions/index.ts';
import type { QuestionRow } from './entity.ts';

type Schemas = components['schemas'];
export type QuestionAsk = Schemas['QuestionAsk'];
export type QuestionAnswer = Schemas['QuestionAnswer'];
export type ClosedState = Exclude<QuestionRow['state'], 'open'>;

const DEFAULT_TTL_MS = 1 * DAY;
const DEFAULT_OPTIONS: Readonly<Record<QuestionRow['kind'], readonly string[]>> = {
  permission: ['allow', 'deny'],
  question: [],
};

/** The session's state and status to restore when its last open question is closed. */
export type PreviousSession = Pick<QuestionRow, 'previousState' | 'previousStatus'>;

/** A new question. Throws `invalid-request` for repeated options, or if no answer would be possible. */
export function newQuestion(
  owner: Pick<QuestionRow, 'accountId' | 'questionId' | 'sessionId' | 'programId'>,
  { kind = 'question', title, details = [], freeText = true, ttlSeconds, ...ask }: QuestionAsk,
  previous: PreviousSession,
  now: number,
): QuestionRow {
  const options: readonly string[] = ask.options ?? DEFAULT_OPTIONS[kind];
  if (options.length === 0 && !freeText)
    throw invalidField('body', '/options', 'must hold at least one option when freeText is false');
  if (new Set(options).size < options.length) throw invalidField('body', '/options', 'must not repeat an option');
  return {
    ...owner,
    kind,
    title,
    details,
    options,
    freeText,
    state: 'open',
    answerOption: null,
    answerText: null,
    answeredBy: null,
    createdAt: now,
    expiresAt: now + (ttlSeconds === undefined ? DEFAULT_TTL_MS : ttlSeconds * SECOND),
    closedAt: null,
    ...previous,
  };
}

/** The fields that tell whether a session has ended. An ended session never reads an answer. */
type AskingSession = Pick<SessionRow, 'state' | 'archived' | 'successor'>;

const hasEnded = (session: AskingSession | null): boolean =>
  session === null || session.state === 'complete' || session.archived || session.successor !== null;

/** The state at `now`: open questions are withdrawn when their session has ended, and expire by time. */
export function effectiveState(
  question: QuestionRow,
  session: AskingSession | null,
  now: number,
): QuestionRow['state'] {
  if (question.state !== 'open') return question.state;
  if (hasEnded(session)) return 'withdrawn';
  return question.expiresAt <= now ? 'expired' : 'open';
}

/** The question with its effective state. */
export function effectiveQuestion(question: QuestionRow, session: AskingSession | null, now: number): QuestionRow {
  const state = effectiveState(question, session, now);
  return state === question.state ? question : { ...question, state, closedAt: Math.min(now, question.expiresAt) };
}

/** Throws `question-answered` or `question-closed` unless the question is open. */
export function requireOpen(question: QuestionRow, formatInstant: (ms: number) => string): void {
  const { questionId, state, answeredBy, closedAt } = question;
  if (state === 'open') return;
  if (state === 'answered' && answeredBy !== null && closedAt !== null) {
    const answeredAt = formatInstant(closedAt);
    throw new Fault('question-answered', `Question '${questionId}' was answered by '${answeredBy}' at ${answeredAt}.`, {
      answeredBy,
      answeredAt,
    });
  }
  const reason = state === 'expired' ? 'has expired' : 'was withdrawn, or its session has ended';
  throw new Fault('question-closed', `Question '${questionId}' ${reason}. An answer would reach nobody.`);
}

/** The answered question. Throws `invalid-request` for an option that was not offered, or missing when required. */
export function applyAnswer(
  question: QuestionRow,
  { option, text }: QuestionAnswer,
  answeredBy: string,
  now: number,
): QuestionRow {
  if (option !== undefined && !question.options.includes(option))
    throw invalidField(
      'body',
      '/option',
      `must be one of ${question.options.map((each) => `'${each}'`).join(', ') || 'no options: send text'}`,
    );
  if (option === undefined && !question.freeText)
    throw invalidField('body', '/option', 'is needed: this question takes no answer in free text alone');
  return {
    ...question,
    state: 'answered',
    answerOption: option ?? null,
    answerText: text ?? null,
    answeredBy,
    closedAt: now,
  };
}

/** The question after it was withdrawn or expired. */
export const closeQuestion = (question: QuestionRow, state: 'withdrawn' | 'expired', now: number): QuestionRow => ({
  ...question,
  state,
  closedAt: now,
});

/**
 * The session's state and status after a question was closed; null when neither changes. Reverts only what the question
 * itself set: anything that the agent wrote while it was open is kept.
 */
export function sessionAfterClosing(
  session: Pick<SessionRow, 'state' | 'status'>,
  closed: QuestionRow,
  newestOpen: QuestionRow | null,
): Pick<SessionRow, 'state' | 'status'> | null {
  const showsTitle = session.status === closed.title;
  const state = newestOpen || session.state !== 'blocked' ? session.state : closed.previousState;
  const status = showsTitle ? (newestOpen ? newestOpen.title : closed.previousStatus) : session.status;
  return state === session.state && status === session.status ? null : { state, status };
}
