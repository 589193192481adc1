/** Sends what waits, in order, until nothing does or the server is away. */
import type { Begun } from './begin.ts';
import { deliver } from './deliver.ts';
import { log } from './log.ts';
import { connectionOf, type Environment } from './places.ts';
import { takeSenderLock } from './sender-lock.ts';
import { serverOf, troubleOf } from './server.ts';
import { dropEvent, eventFiles, type HookEvent, readEvent, spoolFolder } from './spool.ts';

export interface Sent {
  readonly sent: number;
  /** Those that no retry would help. */
  readonly refused: number;
  readonly waiting: number;
  /** Why it stopped; null when nothing waits. */
  readonly trouble: string | null;
  /** The answers to starts, by the id of their event. */
  readonly begun: ReadonlyMap<string, Begun>;
}

export interface Sending {
  /** No new request after this many milliseconds. */
  readonly withinMs?: number;
  readonly requestWithinMs?: number;
}

/** Null while another process sends for the program. Never throws for what the server or the network does. */
export async function send(environment: Environment, programId: string, options: Sending = {}): Promise<Sent | null> {
  const { withinMs = Number.POSITIVE_INFINITY, requestWithinMs = 10_000 } = options;
  const until = Date.now() + withinMs;
  const begun = new Map<string, Begun>();
  let [sent, refused] = [0, 0];
  const told = (trouble: string | null): Sent => {
    return { sent, refused, waiting: eventFiles(environment, programId).length, trouble, begun };
  };
  const connection = connectionOf(environment, programId);
  if (!connection) return told(`No connection of ${programId} is kept: fleetbeat connect makes one`);
  const delivery = { environment, connection, server: serverOf(connection, requestWithinMs), now: Date.now };
  // An event that comes while the lock is given back finds nobody to wake: so look again without it.
  for (;;) {
    const lock = takeSenderLock(spoolFolder(environment, programId));
    if (!lock) return null;
    const waiting = new Map<string, string>();
    try {
      for (const file of eventFiles(environment, programId)) {
        if (Date.now() > until) return told('There was no time for more');
        lock.touch();
        const event = readEvent(environment, programId, file);
        // What happens in one session is told in order; others need not wait for it.
        if (event && waiting.has(event.sessionId)) continue;
        try {
          const start = event && (await deliver(delivery, event));
          if (start) begun.set(event.id, start);
          if (event) sent++;
        } catch (error) {
          const words = (error as Error).message;
          log(environment, `${programId} ${event?.moment} ${event?.sessionId}: ${words}`);
          const trouble = troubleOf(error);
          if (trouble === 'away') return told(words);
          if (trouble === 'wait') {
            waiting.set(event?.sessionId ?? '', words);
            continue;
          }
          refused++;
        }
        dropEvent(environment, programId, file);
      }
    } finally {
      lock.release();
    }
    const [why] = waiting.values();
    const left = eventFiles(environment, programId).filter((file) => isNew(readEvent(environment, programId, file)));
    if (left.length === 0) return told(why ?? null);
    function isNew(event: HookEvent | null) {
      return event !== null && !waiting.has(event.sessionId);
    }
  }
}
