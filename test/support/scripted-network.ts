/** A client's way to a real server that misbehaves when a test wants it to. */

export interface ScriptedNetwork {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Every request that was sent, in order. */
  readonly sent: readonly Request[];
  /** The next requests reach the server, and their answers get lost on the way back. */
  dropResponses(count: number): void;
  /** The next requests get this instead of an answer of the server, which they never reach. */
  respondWith(...responses: readonly Response[]): void;
  /** The next request gets no answer until it is called off. */
  hang(): void;
}

type FetchHandler = (request: Request) => Promise<Response>;

export function createScriptedNetwork(): ScriptedNetwork {
  const sent: Request[] = [];
  const handlers: FetchHandler[] = [];
  return {
    sent,
    fetch: (request) => {
      sent.push(request.clone());
      return (handlers.shift() ?? ((each) => fetch(each)))(request);
    },
    dropResponses(count) {
      for (let each = 0; each < count; each += 1) {
        handlers.push(async (request) => {
          await (await fetch(request)).arrayBuffer();
          throw new TypeError('The connection broke');
        });
      }
    },
    respondWith: (...responses) => void handlers.push(...responses.map((response) => async () => response)),
    hang: () =>
      void handlers.push(
        (request) =>
          new Promise((_resolve, reject) => {
            request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
          }),
      ),
  };
}
