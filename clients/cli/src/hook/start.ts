/** The start of a session: the one hook that an agent waits for, since it brings the memory. It waits for a few seconds at most. */
import { handOffAbandoned, saveAgentProcess } from './abandoned.ts';
import { deliver } from './deliver.ts';
import { createHookClient } from './hook-client.ts';
import { log } from './log.ts';
import { formatMemory, formatUnavailable, toHookOutput } from './memory-text.ts';
import type { ParsedHook } from './parse-hook.ts';
import type { Environment } from './paths.ts';
import { send } from './send.ts';
import { SessionCache } from './session-cache.ts';
import { deleteEvent, eventFileName, spoolEvent } from './spool.ts';
import type { StartedSession } from './start-session.ts';

/** What waits from an outage may take so long before the start itself. */
const CATCH_UP_MS = 2_000;
const REQUEST_TIMEOUT_MS = 4_000;

/** Prints what the agent is to know. */
export async function runStartHook({ event, connection }: ParsedHook, environment: Environment): Promise<void> {
  const cache = new SessionCache(environment, event.programId, event.sessionId);
  saveAgentProcess(cache);
  const server = createHookClient(connection, REQUEST_TIMEOUT_MS);
  const logError = (error: unknown) => log(environment, `start of ${event.sessionId}: ${(error as Error).message}`);
  // Before the start is kept: a sender that still runs might boot at once.
  await handOffAbandoned(environment, server, event.programId, event.sessionId).catch(logError);
  // A start that is cut short from here on is told by the next hook.
  spoolEvent(environment, event);
  let started: StartedSession | null = null;
  try {
    const sent = await send(environment, event.programId, {
      withinMs: CATCH_UP_MS,
      requestWithinMs: REQUEST_TIMEOUT_MS,
    });
    started = sent?.started.get(event.id) ?? null;
    if (started === null) {
      // Another process sends, or much waits. The event's own Idempotency-Key makes it one boot all the same.
      started = await deliver({ environment, connection, server, now: Date.now }, event);
      deleteEvent(environment, event.programId, eventFileName(event));
    }
  } catch (error) {
    logError(error);
  }
  const text = started === null ? formatUnavailable(event.programId) : formatMemory(event.programId, started);
  await new Promise<void>((resolve) => process.stdout.write(`${toHookOutput(event.client, text)}\n`, () => resolve()));
}
