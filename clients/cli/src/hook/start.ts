/** The start of a session: the one hook that an agent waits for, since it brings the memory. It waits for a few seconds at most. */
import { handOffAbandoned, rememberAgent } from './abandoned.ts';
import type { Begun } from './begin.ts';
import { deliver } from './deliver.ts';
import type { HeardEvent } from './hear.ts';
import { log } from './log.ts';
import { asContext, awayText, memoryText } from './memory-text.ts';
import { Notebook } from './notebook.ts';
import type { Environment } from './places.ts';
import { send } from './send.ts';
import { serverOf } from './server.ts';
import { dropEvent, fileOf, putEvent } from './spool.ts';

/** What waits from an outage may take so long before the start itself. */
const CATCH_UP_MS = 2_000;
const REQUEST_MS = 4_000;

/** Prints what the agent is to know. */
export async function start({ event, connection }: HeardEvent, environment: Environment): Promise<void> {
  const notebook = new Notebook(environment, event.programId, event.sessionId);
  rememberAgent(notebook);
  const server = serverOf(connection, REQUEST_MS);
  const told = (error: unknown) => log(environment, `start of ${event.sessionId}: ${(error as Error).message}`);
  // Before the start is kept: a sender that still runs might boot at once.
  await handOffAbandoned(environment, server, event.programId, event.sessionId).catch(told);
  // A start that is cut short from here on is told by the next hook.
  putEvent(environment, event);
  let begun: Begun | null = null;
  try {
    const sent = await send(environment, event.programId, { withinMs: CATCH_UP_MS, requestWithinMs: REQUEST_MS });
    begun = sent?.begun.get(event.id) ?? null;
    if (begun === null) {
      // Another process sends, or much waits. The event's own Idempotency-Key makes it one boot all the same.
      begun = await deliver({ environment, connection, server, now: Date.now }, event);
      dropEvent(environment, event.programId, fileOf(event));
    }
  } catch (error) {
    told(error);
  }
  const text = begun === null ? awayText(event.programId) : memoryText(event.programId, begun);
  await new Promise<void>((resolve) => process.stdout.write(`${asContext(event.client, text)}\n`, () => resolve()));
}
