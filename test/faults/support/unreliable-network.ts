/** A bad network between client and server: responses get lost, requests arrive late, twice and out of order. */
import { setTimeout as after } from 'node:timers/promises';
import type { Fetch } from '../../../clients/typescript/src/index.ts';
import { createRandom } from '../../support/seeded-random.ts';

export interface UnreliableNetwork {
  readonly fetch: Fetch;
  readonly counts: { sent: number; lostRequests: number; lostAnswers: number; duplicates: number; delayed: number };
  /** Makes the network reliable; resolves when everything in flight has arrived. */
  restore(): Promise<void>;
}

const MAX_DELAY_MS = 60;
const CONNECTION_LOST = 'The connection broke';

export function createUnreliableNetwork(): UnreliableNetwork {
  const random = createRandom('unreliable network');
  const counts = { sent: 0, lostRequests: 0, lostAnswers: 0, duplicates: 0, delayed: 0 };
  const inFlight = new Set<Promise<unknown>>();
  let isUnreliable = true;
  const shouldInject = (what: keyof typeof counts, chance: number): boolean => {
    if (!isUnreliable || random.fraction() >= chance) return false;
    counts[what] += 1;
    return true;
  };
  /** Continues without its caller: a request that was sent arrives. */
  const deliver: Fetch = (url, { method, headers, body }) => {
    const arriving = (async () => {
      if (shouldInject('delayed', 0.4)) await after(random.fraction() * MAX_DELAY_MS);
      const response = await fetch(url, {
        ...(method && { method }),
        ...(headers && { headers }),
        ...(body && { body }),
      });
      const answer = await response.arrayBuffer();
      return new Response(answer.byteLength > 0 ? answer : null, response);
    })();
    inFlight.add(arriving);
    const done = () => inFlight.delete(arriving);
    arriving.then(done, done);
    return arriving;
  };
  return {
    counts,
    async fetch(url, init) {
      counts.sent += 1;
      if (shouldInject('lostRequests', 0.1)) throw new TypeError(CONNECTION_LOST);
      if (shouldInject('duplicates', 0.3)) void deliver(url, init).catch(() => undefined);
      const answer = deliver(url, init);
      // The client gives up at once, so its next attempt may overtake this one.
      if (shouldInject('lostAnswers', 0.4)) throw new TypeError(CONNECTION_LOST);
      return answer;
    },
    async restore() {
      isUnreliable = false;
      await Promise.allSettled([...inFlight]);
    },
  };
}
