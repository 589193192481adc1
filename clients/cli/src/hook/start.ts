/** The start of a session: the one hook that an agent waits for, since it brings the memory. */
import { handOffAbandoned, saveAgentProcess } from './abandoned.ts';
import { readAgentArguments } from './agent-process.ts';
import { readDeadline } from './deadline.ts';
import { deliver } from './deliver.ts';
import { createHookClient } from './hook-client.ts';
import { markAsTold } from './inbox.ts';
import { log } from './log.ts';
import { formatForkMemory, formatMemory, formatTrouble, selectShown } from './memory-text.ts';
import { printOutput, toHookOutput } from './output.ts';
import type { ParsedHook } from './parse-hook.ts';
import type { Environment } from './paths.ts';
import type { Message } from './quote.ts';
import { send } from './send.ts';
import { RESUMED } from './session-update.ts';
import { deleteEvent, eventFileName, type HookEvent, spoolEvent } from './spool.ts';
import { readState, type StartedSession } from './start-session.ts';
import { type StartTrouble, saveStartTrouble, toStartTrouble } from './start-trouble.ts';
import { readWorkingTree } from './working-tree.ts';

/** Milliseconds. */
interface Limits {
  readonly whole: number;
  readonly request: number;
  /** For events of an outage, before the start itself. */
  readonly catchUp: number;
}

function readLimits(environment: Environment): Limits {
  const whole = readDeadline(environment);
  return { whole, request: whole * 0.75, catchUp: whole * 0.375 };
}

type StartHook = Pick<ParsedHook, 'connection' | 'folder' | 'cache' | 'toBareEvent'> & {
  readonly event: HookEvent;
  /** Sends an event, and returns at once. */
  readonly report: (event: HookEvent) => void;
};

interface StartText {
  readonly text: string;
  /** The messages in it. */
  readonly messages: readonly Message[];
}

/** Prints the memory, or why there is none, within the deadline; what still runs then is given up. */
export async function runStartHook(hook: StartHook, environment: Environment): Promise<void> {
  const { event } = hook;
  const limits = readLimits(environment);
  let deadline: NodeJS.Timeout | undefined;
  const outOfTime = new Promise<StartText>((resolve) => {
    deadline = setTimeout(() => {
      log(environment, `start of ${event.sessionId}: no answer within ${limits.whole} ms`);
      const trouble: StartTrouble = { kind: 'away', says: `no answer within ${limits.whole} ms` };
      saveStartTrouble(environment, event.programId, trouble);
      resolve({ text: formatTrouble(event.programId, trouble), messages: [] });
    }, limits.whole);
  });
  const { text, messages } = await Promise.race([start(hook, environment, limits), outOfTime]);
  clearTimeout(deadline);
  await printOutput(toHookOutput(event.client, text));
  // Not before: a start that is killed has told nothing.
  markAsTold(hook.cache, messages);
  if (messages.length > 0)
    hook.report({ ...hook.toBareEvent('told'), told: messages.map(({ messageId }) => messageId) });
}

/** Resolves with the text for the agent's context. Whatever happens, the event is sent or waits in the spool. */
async function start(
  { event, connection, folder, cache }: StartHook,
  environment: Environment,
  limits: Limits,
): Promise<StartText> {
  const { programId, sessionId } = event;
  if (isFork(event)) return { text: await readMemory({ event, connection }, environment, limits), messages: [] };
  saveAgentProcess(cache);
  const server = createHookClient(connection, limits.request);
  const workingTree = readWorkingTree(folder);
  let killed: string[] = [];
  try {
    // A sender that still runs would boot at once if the event were there before: so the order is this.
    killed = await Promise.race([
      handOffAbandoned(environment, server, { programId, starting: sessionId, words: connection.words !== false }),
      giveUp(limits.catchUp),
    ]);
  } catch (error) {
    log(environment, `start of ${sessionId}: ${(error as Error).message}`);
  }
  spoolEvent(environment, event);
  try {
    const options = { withinMs: limits.catchUp, requestWithinMs: limits.request };
    const sent = await send(environment, programId, options);
    const started = sent?.started.get(event.id) ?? (await startNow());
    saveStartTrouble(environment, programId, null);
    const text = formatMemory(programId, started, { killed, workingTree: await workingTree });
    return { text, messages: selectShown(started.messages) };
  } catch (error) {
    return { text: tellTrouble(environment, event, 'start', error), messages: [] };
  }

  /** For when another process sends, or much waits. The event's Idempotency-Key makes it one boot all the same. */
  async function startNow(): Promise<StartedSession> {
    const started = await deliver({ environment, connection, server, now: Date.now }, event);
    if (started === null) throw new Error('It is no start');
    deleteEvent(environment, programId, eventFileName(event));
    return started;
  }
}

/**
 * `claude --fork-session` starts with the id of the session that it forks from, which is over and must stay so. Its own id
 * comes with the first prompt, and opens its session then.
 */
const isFork = ({ client, status }: HookEvent): boolean =>
  client === 'claude-code' && status === RESUMED && readAgentArguments(process.ppid).includes('--fork-session');

async function readMemory(
  { event, connection }: Pick<StartHook, 'event' | 'connection'>,
  environment: Environment,
  limits: Limits,
) {
  try {
    return formatForkMemory(event.programId, await readState(createHookClient(connection, limits.request), event));
  } catch (error) {
    return tellTrouble(environment, event, 'fork', error);
  }
}

/** The text for the agent; the same is logged, and kept for `fleetbeat doctor`. */
function tellTrouble(environment: Environment, { programId, sessionId }: HookEvent, what: string, error: unknown) {
  const trouble = toStartTrouble(error);
  log(environment, `${what} of ${sessionId}: ${trouble.kind}: ${trouble.says}`);
  saveStartTrouble(environment, programId, trouble);
  return formatTrouble(programId, trouble);
}

const giveUp = (ms: number): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`No answer within ${ms} ms`)), ms).unref();
  });
