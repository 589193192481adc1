/**
 * The question to a person that stands for an agent's permission dialog, and what its answer means for the agent. On any
 * trouble there is no decision, and the dialog decides: nothing but the answer `allow` to this question, on a machine whose
 * person has agreed to that, ever reads "allow".
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type components, createFleetbeat, type Fleetbeat } from '@fleetbeat/client';
import { classifyError } from './hook-client.ts';
import { type Environment, type ProgramConnection, readConnection } from './paths.ts';
import { type ToolCall, toDetails } from './tool-call.ts';
import { truncateLine, truncateText } from './truncate.ts';

type Question = components['schemas']['Question'];

const ALLOW = 'allow';
const DENY = 'deny';
/** The dialog waits for as long as the agent lets its hook run; the server closes a question that nobody withdrew. */
const TTL_SECONDS = 86_400;
const ASK_TIMEOUT_MS = 5_000;
/** The longest that the server holds a read, and time for it to arrive. */
const WAIT_SECONDS = 25;
const WAIT_TIMEOUT_MS = 40_000;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 15_000;
const LOOK_EVERY_MS = 250;
const MAX_REASON_LENGTH = 2_000;

export interface Asking {
  readonly connection: ProgramConnection;
  readonly sessionId: string;
  readonly call: ToolCall;
  readonly title: string;
  /** The same for every attempt to open it. */
  readonly idempotencyKey: string;
}

/**
 * Opens the question, and tries again for as long as the server is away: a dialog may be open for hours. Null when `isOver`
 * said so before it was open. Throws what the server refused it with.
 */
export async function keepAsking(asking: Asking, isOver: () => boolean): Promise<Question | null> {
  for (let pause = FIRST_PAUSE_MS; !isOver(); pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    try {
      return await openQuestion(asking);
    } catch (error) {
      if (classifyError(error) !== 'away') throw error;
    }
    for (const until = Date.now() + pause; Date.now() < until && !isOver(); ) await sleep(LOOK_EVERY_MS);
  }
  return null;
}

/** Throws what the server or the network threw. */
async function openQuestion({ connection, sessionId, call, title, idempotencyKey }: Asking): Promise<Question> {
  const { details, isWhole } = toDetails(call);
  const mayAllow = connection.allowFromAfar === true && isWhole;
  const entry = {
    label: 'Allow it',
    value: isWhole
      ? 'only at its own terminal: on that machine fleetbeat connect was not told that answers may allow'
      : 'only at its own terminal: it is too long to be shown here whole',
  };
  const ask = {
    sessionId,
    kind: 'permission' as const,
    title: truncateLine(title),
    details: [...details, ...(mayAllow ? [] : [entry])],
    options: mayAllow ? [ALLOW, DENY] : [DENY],
    ttlSeconds: TTL_SECONDS,
  };
  return await createClient(connection).questions.ask(ask, { timeoutMs: ASK_TIMEOUT_MS, idempotencyKey });
}

/** Resolves when it is closed, however often the server goes away meanwhile; with null when it will never be known. */
export async function waitUntilClosed(connection: ProgramConnection, questionId: string): Promise<Question | null> {
  const client = createClient(connection);
  for (let pause = FIRST_PAUSE_MS; ; ) {
    try {
      const question = await client.questions.get(questionId, { wait: WAIT_SECONDS }, { timeoutMs: WAIT_TIMEOUT_MS });
      if (question.state !== 'open') return question;
      pause = FIRST_PAUSE_MS;
    } catch (error) {
      if (classifyError(error) !== 'away') return null;
      await sleep(pause);
      pause = Math.min(pause * 2, MAX_PAUSE_MS);
    }
  }
}

/** What Claude Code is told; null when its dialog decides. */
export function toDecision(question: Question, asked: Question, mayAllow: boolean): string | null {
  const { state, answer, answeredBy, questionId } = question;
  if (state !== 'answered' || answer === null || questionId !== asked.questionId) return null;
  if (answer.option === ALLOW)
    return mayAllow && asked.options.includes(ALLOW) ? toOutput({ behavior: 'allow' }) : null;
  const words = answer.text === null ? '.' : `: ${truncateText(answer.text, MAX_REASON_LENGTH)}`;
  const message = `A person (${truncateLine(answeredBy ?? 'an admin', 100)}) denied this from Fleetbeat${words}`;
  return toOutput({ behavior: 'deny', message });
}

/** Asked again when an answer comes: whoever takes the permission back need not end what is open. */
export const mayAnswersAllow = (environment: Environment, programId: string): boolean =>
  readConnection(environment, programId)?.allowFromAfar === true;

/** A sign of life of an agent whose dialog is open: silent, it would count as stale, and its question be withdrawn. */
export async function heartbeat({ connection, sessionId, title }: Asking): Promise<void> {
  const change = { status: truncateLine(title), lastHeartbeat: true };
  await createClient(connection).sessions.update(sessionId, change, { timeoutMs: ASK_TIMEOUT_MS });
}

/** For a dialog that is gone together with its agent. */
export const withdrawQuestion = async (connection: ProgramConnection, questionId: string): Promise<void> =>
  void (await createClient(connection).questions.withdraw(questionId, { timeoutMs: ASK_TIMEOUT_MS }));

const createClient = ({ url, key }: ProgramConnection): Fleetbeat => createFleetbeat({ baseUrl: url, key, retries: 0 });

/** https://code.claude.com/docs/en/hooks#permissionrequest-decision-control */
const toOutput = (decision: object): string =>
  JSON.stringify({ hookSpecificOutput: { hookEventName: 'PermissionRequest', decision } });
