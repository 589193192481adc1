/** A request that the server has started to read and that the test completes. */
import { once } from 'node:events';
import { connect } from 'node:net';

export interface UnfinishedRequest {
  /** Sends the rest and resolves with everything that the server sends until it closes the connection. */
  finish(): Promise<string>;
  abandon(): void;
}

/** A POST. Resolves at the server's 100 Continue, so it is in flight then. */
export async function startUnfinishedRequest(url: string, key: string, body: unknown): Promise<UnfinishedRequest> {
  const { hostname, port, pathname } = new URL(url);
  const text = JSON.stringify(body);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  let answer = '';
  socket.on('error', () => undefined);
  socket.write(
    [
      `POST ${pathname} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      `Authorization: Bearer ${key}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Expect: 100-continue',
      '\r\n',
    ].join('\r\n'),
  );
  const [first] = (await once(socket, 'data')) as [string];
  if (!first.startsWith('HTTP/1.1 100')) throw new Error(`The server does not wait for the body: ${first}`);
  return {
    async finish() {
      socket.on('data', (piece: string) => {
        answer += piece;
      });
      socket.write(text);
      await once(socket, 'close');
      return answer;
    },
    abandon: () => void socket.destroy(),
  };
}
