/** A client's way to a server as bad networks are: answers get lost, requests arrive late, twice, and out of order. */
import { setTimeout as after } from 'node:timers/promises';

export interface BadNetwork {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly counts: { sent: number; lostRequests: number; lostAnswers: number; duplicates: number; delayed: number };
  /** From now on nothing bad happens; resolves when all that was under way has arrived. */
  mend(): Promise<void>;
}

const LATEST_MS = 60;
const IS_LOST = 'The connection broke';

export function badNetwork(): BadNetwork {
  const counts = { sent: 0, lostRequests: 0, lostAnswers: 0, duplicates: 0, delayed: 0 };
  const underWay = new Set<Promise<unknown>>();
  let isBad = true;
  const happens = (what: keyof typeof counts, chance: number): boolean => {
    if (!isBad || Math.random() >= chance) return false;
    counts[what] += 1;
    return true;
  };
  /** Goes on when nobody waits for it any more: what has been sent arrives. */
  const deliver = ({ url, method, headers }: Request, body: string): Promise<Response> => {
    const arriving = (async () => {
      if (happens('delayed', 0.4)) await after(Math.random() * LATEST_MS);
      const response = await fetch(url, { method, headers, ...(body !== '' && { body }) });
      const answer = await response.arrayBuffer();
      return new Response(answer.byteLength > 0 ? answer : null, response);
    })();
    underWay.add(arriving);
    const done = () => underWay.delete(arriving);
    arriving.then(done, done);
    return arriving;
  };
  return {
    counts,
    async fetch(request) {
      counts.sent += 1;
      const body = await request.text();
      if (happens('lostRequests', 0.1)) throw new TypeError(IS_LOST);
      if (happens('duplicates', 0.3)) void deliver(request, body).catch(() => undefined);
      const answer = deliver(request, body);
      // The client gives up at once: its next attempt may well overtake this one.
      if (happens('lostAnswers', 0.4)) throw new TypeError(IS_LOST);
      return answer;
    },
    async mend() {
      isBad = false;
      await Promise.allSettled([...underWay]);
    },
  };
}
