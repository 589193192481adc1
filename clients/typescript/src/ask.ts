/** A question to a person, and the wait for its answer. */
import { linkAbort, raceAbort } from './abort.js';
import { shorten } from './beat.js';
import { type Clock, type Duration, delay, toMilliseconds } from './clock.js';
import type { Schemas } from './contract-types.js';
import { FleetbeatError, FleetbeatUnreachable } from './error.js';
import type { Questions } from './operations/questions.js';
import { isTransient } from './retry.js';

export interface AskOptions {
  /** Answers to choose from, at most 8. Without them the person answers in their own words. */
  readonly options?: readonly string[];
  /** What the person needs to decide, verbatim: a command, a diff. */
  readonly details?: Schemas['QuestionAsk']['details'];
  /** How long to wait for the answer; a day by default, from 10 seconds to a week. */
  readonly within?: Duration;
  /** Withdraws the question and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface Answer {
  /** The person's own words, or else the option that they chose. */
  readonly text: string;
  /** The option that was chosen, if one was. */
  readonly option: string | null;
  /** Who answered: the label of their key, or its id. */
  readonly by: string | null;
}

interface AskDeps {
  readonly questions: Pick<Questions, 'ask' | 'get' | 'withdraw'>;
  readonly clock: Clock;
}

const WAIT_SECONDS = 25;
const RETRY_MS = 2_000;
const MAX_TITLE_LENGTH = 200;

/** Resolves with the answer, across outages of the server; rejects when there will be none. */
export async function askQuestion(
  { questions, clock }: AskDeps,
  session: { readonly sessionId: string; readonly signal: AbortSignal },
  question: string,
  { options, details = [], within, signal }: AskOptions = {},
): Promise<Answer> {
  const link = linkAbort(signal);
  const stop = () => link.abort(session.signal.reason);
  if (session.signal.aborted) stop();
  session.signal.addEventListener('abort', stop);
  try {
    const title = shorten(question, MAX_TITLE_LENGTH);
    const asked = await questions.ask(
      {
        sessionId: session.sessionId,
        title,
        kind: 'question',
        freeText: true,
        details: title === question ? [...details] : [{ label: 'Question', value: question }, ...details],
        ...(options && { options: [...options] }),
        ttlSeconds: within === undefined ? 86_400 : Math.max(10, Math.ceil(toMilliseconds(within) / 1_000)),
      },
      { signal: link.signal },
    );
    const closed = await waitUntilClosed(questions, clock, asked, link.signal).catch(async (error) => {
      if (!session.signal.aborted) await questions.withdraw(asked.questionId).catch(() => undefined);
      throw error;
    });
    if (closed.state !== 'answered' || !closed.answer) throw createUnanswered(closed);
    const { text, option } = closed.answer;
    return { text: text ?? option ?? '', option, by: closed.answeredBy };
  } finally {
    session.signal.removeEventListener('abort', stop);
    link.unlink();
  }
}

/** The server answers as soon as the question is closed. An outage only delays the answer: it is stored. */
async function waitUntilClosed(
  questions: AskDeps['questions'],
  clock: Clock,
  { questionId }: Schemas['Question'],
  signal: AbortSignal,
): Promise<Schemas['Question']> {
  for (;;) {
    try {
      const call = questions.get(questionId, { wait: WAIT_SECONDS }, { signal, timeoutMs: 2 * WAIT_SECONDS * 1_000 });
      const question = await raceAbort(call, signal);
      if (question.state !== 'open') return question;
    } catch (error) {
      const mayPass =
        error instanceof FleetbeatUnreachable || (error instanceof FleetbeatError && isTransient(error.status));
      if (signal.aborted || !mayPass) throw error;
      await delay(clock, RETRY_MS, signal);
    }
  }
}

/** Of the kind that an answer to this question would now be refused with. */
function createUnanswered({ questionId, state, title }: Schemas['Question']): FleetbeatError {
  const problem = {
    type: '/problems/question-closed',
    title: 'The question was not answered',
    status: 409,
    detail: `'${title}' is ${state}. This is no yes.`,
    instance: questionId,
  } as const;
  return new FleetbeatError(problem, problem.status, null);
}
