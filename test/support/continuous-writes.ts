/** Writers that keep working while the database fails and returns. */
import { FleetbeatError } from '../../clients/typescript/src/index.ts';
import { eventually } from './eventually.ts';
import type { Writer } from './writers.ts';

export interface ContinuousWrites {
  /** The number of acknowledged and refused writes so far. */
  readonly acknowledged: number;
  readonly refused: number;
  /** Resolves after this many more acknowledged writes; rejects when a writer failed. */
  waitForWrites(writes: number): Promise<void>;
  /** Lets every writer finish its current write; rejects when a writer failed. */
  stop(): Promise<void>;
}

const RETRY_DELAY_MS = 50;

/** The only expected error is a 503 with Retry-After. */
export function startContinuousWrites(writers: readonly Writer[]): ContinuousWrites {
  const counts = { acknowledged: 0, refused: 0 };
  let isOver = false;
  let failure: unknown;
  const work = writers.map((writer) =>
    writer.run({
      onAcknowledged() {
        counts.acknowledged += 1;
        return !isOver;
      },
      async onError(error) {
        if (!(error instanceof FleetbeatError) || error.status !== 503 || error.retryAfter === null) throw error;
        counts.refused += 1;
        await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS));
        return true;
      },
    }),
  );
  const ended = Promise.all(work).catch((error: unknown) => {
    failure = error;
  });
  const throwIfFailed = () => {
    if (failure) throw failure;
  };
  return {
    get acknowledged() {
      return counts.acknowledged;
    },
    get refused() {
      return counts.refused;
    },
    async waitForWrites(writes) {
      const goal = counts.acknowledged + writes;
      await eventually(async () => {
        throwIfFailed();
        return counts.acknowledged >= goal;
      });
    },
    async stop() {
      isOver = true;
      await ended;
      throwIfFailed();
    },
  };
}
