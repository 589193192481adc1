/** A proxy that adds a key to each request, because the suite sends none. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AuthenticatingProxy {
  readonly url: string;
  close(): void;
}

export async function startAuthenticatingProxy(target: string, key: string): Promise<AuthenticatingProxy> {
  const server = createServer((from, answer) => {
    const headers = { ...from.headers, authorization: `Bearer ${key}` };
    const to = request(new URL(from.url ?? '/', target), { method: from.method, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers).flushHeaders();
      got.pipe(answer);
    });
    to.on('error', () => answer.destroy());
    answer.on('close', () => to.destroy());
    from.pipe(to);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
