/** Sends waiting events in order, until none is left or the server is unavailable. */
import { deliver } from './deliver.ts';
import { classifyError, concernsAll, createHookClient, type DeliveryErrorKind } from './hook-client.ts';
import { log } from './log.ts';
import { type Environment, readConnection } from './paths.ts';
import { renewKey } from './renew-key.ts';
import { acquireSenderLock } from './sender-lock.ts';
import { deleteEvent, type HookEvent, listEventFiles, readEvent, spoolFolder } from './spool.ts';
import type { StartedSession } from './start-session.ts';

export interface SendResult {
  readonly sent: number;
  /** Events that no retry would help. */
  readonly refused: number;
  readonly waiting: number;
  /** Why it stopped; null when nothing waits. */
  readonly trouble: string | null;
  /** The kind of the error that stopped it, if one did. */
  readonly errorKind: DeliveryErrorKind | null;
  /** The answers to starts, by the id of their event. */
  readonly started: ReadonlyMap<string, StartedSession>;
}

export interface SendOptions {
  /** No new request after this many milliseconds. */
  readonly withinMs?: number;
  readonly requestWithinMs?: number;
  /** Whether to renew a key that expires soon: not while an agent waits. */
  readonly renews?: boolean;
}

/** Null while another process sends for the program. Never throws for what the server or the network does. */
export async function send(
  environment: Environment,
  programId: string,
  options: SendOptions = {},
): Promise<SendResult | null> {
  const { withinMs = Number.POSITIVE_INFINITY, requestWithinMs = 10_000, renews = false } = options;
  const until = Date.now() + withinMs;
  const started = new Map<string, StartedSession>();
  let [sent, refused] = [0, 0];
  const toResult = (trouble: string | null, errorKind: DeliveryErrorKind | null = null): SendResult => {
    return { sent, refused, waiting: listEventFiles(environment, programId).length, trouble, errorKind, started };
  };
  const connection = readConnection(environment, programId);
  if (!connection) return toResult(`No connection of ${programId} is kept: fleetbeat connect makes one`);
  let expiresSoon = false;
  const onKeyExpiry = () => {
    expiresSoon = true;
  };
  const server = createHookClient(connection, requestWithinMs);
  const delivery = { environment, connection, server, now: Date.now, onKeyExpiry };
  // An event that arrives while the lock is being released wakes no sender, so look again afterwards.
  for (;;) {
    const lock = acquireSenderLock(spoolFolder(environment, programId));
    if (!lock) return null;
    const waiting = new Map<string, string>();
    try {
      for (const file of listEventFiles(environment, programId)) {
        if (Date.now() > until) return toResult('There was no time for more');
        lock.touch();
        const event = readEvent(environment, programId, file);
        // Events of one session are sent in order; other sessions need not wait for it.
        if (event && waiting.has(event.sessionId)) continue;
        try {
          const start = event && (await deliver(delivery, event));
          if (start) started.set(event.id, start);
          if (event) sent++;
        } catch (error) {
          const words = (error as Error).message;
          log(environment, `${programId} ${event?.moment} ${event?.sessionId}: ${words}`);
          const errorKind = classifyError(error);
          if (concernsAll(errorKind)) return toResult(words, errorKind);
          if (errorKind === 'wait') {
            waiting.set(event?.sessionId ?? '', words);
            continue;
          }
          refused++;
        }
        deleteEvent(environment, programId, file);
      }
      if (renews && expiresSoon) {
        lock.touch();
        await renewKey(environment, programId, delivery);
        expiresSoon = false;
      }
    } finally {
      lock.release();
    }
    const [why] = waiting.values();
    const left = listEventFiles(environment, programId).filter((file) =>
      isNew(readEvent(environment, programId, file)),
    );
    if (left.length === 0) return toResult(why ?? null);
    function isNew(event: HookEvent | null) {
      return event !== null && !waiting.has(event.sessionId);
    }
  }
}
