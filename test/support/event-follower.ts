/** Follows all events of an account from the first on, across restarts and outages. */
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';
import { eventually } from './eventually.ts';
import type { Sql } from './sql.ts';

export interface EventFollower {
  /** Resolves when it received every event of the main account, each once and in order; rejects otherwise. */
  waitUntilCaughtUp(sql: Sql): Promise<void>;
  stop(): Promise<void>;
}

export function startEventFollower(client: Fleetbeat): EventFollower {
  const abortController = new AbortController();
  let last = 0;
  const read = async () => {
    for await (const { sequence } of client.events({ after: 0, signal: abortController.signal })) {
      if (sequence !== last + 1) throw new Error(`Event ${sequence} came after event ${last}`);
      last = sequence;
    }
  };
  let failure: unknown;
  const reading = read().catch((error: unknown) => {
    failure = error;
  });
  return {
    waitUntilCaughtUp: (sql) =>
      eventually(async () => {
        if (failure) throw failure;
        const [counter] = await sql.query<{ seq: number | string }>(
          "SELECT seq FROM event_counters WHERE accountId = 'main'",
        );
        return Number(counter?.seq) === last;
      }).then(() => undefined),
    stop: async () => {
      abortController.abort();
      await reading;
    },
  };
}
