/** Agents that write without pause and record acknowledged writes, which must survive every failure. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { createFleetbeat, FleetbeatError, FleetbeatUnreachable } from '../../clients/typescript/src/index.ts';

export interface Load {
  /** The number of acknowledged writes. */
  acknowledged(): number;
  /** The number of 503 responses and of lost connections. */
  readonly failed: { unavailable: number; lost: number };
  /** Resolves after this many more acknowledged writes. */
  waitForWrites(writes: number): Promise<void>;
  /** The longest pause between two acknowledgements since the start, in ms. */
  longestGap(): number;
  /** Stops the load; rejects when a write failed in an unexpected way. */
  stop(): Promise<void>;
  /** Rejects unless the server of this URL has every acknowledged write; resolves with their number. */
  verifyAllAt(url: string): Promise<number>;
}

interface Writer {
  readonly name: string;
  readonly programId: string;
  readonly key: string;
  attempted: number;
  /** The number of the last acknowledged update of its session, and of its state. */
  updated: number;
  stateWritten: number;
  /** Sessions whose creation was acknowledged. */
  readonly created: string[];
}

const RETRY_MS = 100;

/** `writers` agents with a program each, which write to `url`. */
export async function startLoad(url: string, adminKey: string, writers: number, name: string): Promise<Load> {
  const createClient = (key: string, at = url) => createFleetbeat({ baseUrl: at, key, retries: 0 });
  const failed = { unavailable: 0, lost: 0 };
  const waiting = new Set<{ left: number; resolve: () => void }>();
  let count = 0;
  let lastAt = performance.now();
  let longest = 0;
  let isRunning = true;

  const acknowledge = () => {
    count += 1;
    longest = Math.max(longest, performance.now() - lastAt);
    lastAt = performance.now();
    for (const each of waiting) {
      each.left -= 1;
      if (each.left > 0) continue;
      waiting.delete(each);
      each.resolve();
    }
  };

  const all = await Promise.all(
    Array.from({ length: writers }, async (_, index): Promise<Writer> => {
      const programId = `${name}-${index}`;
      const { key } = await createClient(adminKey).keys.create({ programId });
      await createClient(key).sessions.create({ sessionId: programId, name: programId });
      return { name: programId, programId, key, attempted: 0, updated: 0, stateWritten: 0, created: [] };
    }),
  );

  async function round(writer: Writer): Promise<void> {
    const client = createClient(writer.key);
    writer.attempted += 1;
    const number = writer.attempted;
    await client.sessions.update(writer.name, {
      contextBytes: number,
      status: `Round ${number}.`,
      lastHeartbeat: true,
    });
    writer.updated = number;
    acknowledge();
    const { version } = await client.state.update(writer.programId, { config: { customSettings: { round: number } } });
    expect(version).toBeGreaterThan(0);
    writer.stateWritten = number;
    acknowledge();
    const sessionId = `${writer.name}-${number}`;
    await client.sessions.create({ sessionId, name: `Round ${number}.`, state: 'complete' });
    writer.created.push(sessionId);
    acknowledge();
  }

  async function run(writer: Writer): Promise<void> {
    while (isRunning) {
      try {
        await round(writer);
      } catch (error) {
        if (error instanceof FleetbeatUnreachable) failed.lost += 1;
        else if (error instanceof FleetbeatError && error.status === 503) {
          expect(error.retryAfter).toBeGreaterThan(0);
          failed.unavailable += 1;
        } else throw error;
        await pause(RETRY_MS);
      }
    }
  }
  const running = Promise.all(all.map(run));
  // Awaited at the end; an earlier failure rejects the pending waits.
  running.catch(() => undefined);

  return {
    acknowledged: () => count,
    failed,
    longestGap: () => longest,
    waitForWrites: (writes) =>
      Promise.race([
        new Promise<void>((resolve) => waiting.add({ left: writes, resolve })),
        running.then(() => Promise.reject(new Error('The load has ended'))),
      ]),
    async stop() {
      isRunning = false;
      await running;
    },
    async verifyAllAt(at) {
      const counts = await Promise.all(all.map((writer) => verifyWriter(writer, createClient(writer.key, at))));
      return counts.reduce((sum, each) => sum + each, 0);
    },
  };
}

async function verifyWriter(writer: Writer, client: ReturnType<typeof createFleetbeat>): Promise<number> {
  // Writes that are acknowledged from here on may be missing in what is read.
  const { updated, stateWritten, created } = { ...writer, created: [...writer.created] };
  const { contextBytes, status } = await client.sessions.get(writer.name);
  expect(contextBytes).toBeGreaterThanOrEqual(updated);
  expect(contextBytes).toBeLessThanOrEqual(writer.attempted);
  expect(status).toBe(`Round ${contextBytes}.`);
  const state = await client.state.read(writer.programId);
  const round = Number(state.config.customSettings['round'] ?? 0);
  expect(round).toBeGreaterThanOrEqual(stateWritten);
  expect(round).toBeLessThanOrEqual(writer.attempted);
  for (const sessionId of created) expect((await client.sessions.get(sessionId)).state).toBe('complete');
  return created.length + 2;
}
