/** Webhook endpoints that keep a sender as long as they can, and names that no name server answers for. */

import { type AddressInfo, createServer, type Server } from 'node:net';

interface HostileEndpoints {
  /** As many as one account may register. */
  readonly urls: readonly string[];
}

const PER_KIND = 5;
const DRIP_MS = 500;

export async function startHostileEndpoints(): Promise<HostileEndpoints> {
  const ports = await Promise.all([
    // Accepts and says nothing.
    listen(createServer((socket) => void socket.on('error', () => undefined).resume())),
    // Switches protocols.
    listen(
      createServer((socket) => {
        socket.on('error', () => undefined).resume();
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: nothing\r\n\r\n');
      }),
    ),
    // Never ends its header.
    listen(
      createServer((socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => socket.write('X-More: 1\r\n'), DRIP_MS);
        socket
          .on('error', () => undefined)
          .on('close', () => clearInterval(timer))
          .resume();
      }),
    ),
  ]);
  const numbers = Array.from({ length: PER_KIND }, (_, number) => number);
  return {
    urls: [
      ...ports.flatMap((port) => numbers.map((number) => `http://127.0.0.1:${port}/${number}`)),
      ...numbers.map((number) => `https://name-${number}.slow.test/`),
    ],
  };
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
