/** A fetch to a real server that fails when the test says so. */
import type { Fetch } from '../../clients/typescript/src/index.ts';

export interface ScriptedNetwork {
  readonly fetch: Fetch;
  /** Every request that was sent, in order. */
  readonly sent: readonly Request[];
  /** The next requests reach the server, but their answers are lost. */
  dropResponses(count: number): void;
  /** The next requests do not reach the server and get these responses instead. */
  respondWith(...responses: readonly Response[]): void;
  /** The next request gets no answer until it is aborted. */
  hang(): void;
  /** The next request never gets an answer, and its abort is ignored. */
  ignoreAbort(): void;
}

export function createScriptedNetwork(): ScriptedNetwork {
  const sent: Request[] = [];
  const handlers: Fetch[] = [];
  return {
    sent,
    fetch: (url, init) => {
      sent.push(new Request(url, init));
      return (handlers.shift() ?? fetch)(url, init);
    },
    dropResponses(count) {
      for (let each = 0; each < count; each += 1) {
        handlers.push(async (url, init) => {
          await (await fetch(url, init)).arrayBuffer();
          throw new TypeError('The connection broke');
        });
      }
    },
    respondWith: (...responses) => void handlers.push(...responses.map((response) => async () => response)),
    hang: () =>
      void handlers.push(
        (_url, { signal }) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
          }),
      ),
    ignoreAbort: () => void handlers.push(() => new Promise(() => undefined)),
  };
}
