/** A client's way to a real server that misbehaves when a test wants it to. */

export interface ClientNetwork {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Every request that was sent, in order. */
  readonly sent: readonly Request[];
  /** The next requests reach the server, and their answers get lost on the way back. */
  loseAnswers(count: number): void;
  /** The next requests get this instead of an answer of the server, which they never reach. */
  answerWith(...responses: readonly Response[]): void;
  /** The next request gets no answer until it is called off. */
  hang(): void;
}

type Turn = (request: Request) => Promise<Response>;

export function clientNetwork(): ClientNetwork {
  const sent: Request[] = [];
  const turns: Turn[] = [];
  return {
    sent,
    fetch: (request) => {
      sent.push(request.clone());
      return (turns.shift() ?? ((each) => fetch(each)))(request);
    },
    loseAnswers(count) {
      for (let each = 0; each < count; each += 1) {
        turns.push(async (request) => {
          await (await fetch(request)).arrayBuffer();
          throw new TypeError('The connection broke');
        });
      }
    },
    answerWith: (...responses) => void turns.push(...responses.map((response) => async () => response)),
    hang: () =>
      void turns.push(
        (request) =>
          new Promise((_resolve, reject) => {
            request.signal.addEventListener('abort', () => reject(request.signal.reason), { once: true });
          }),
      ),
  };
}
