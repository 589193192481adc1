/** Says where a floor listens, in the words in which the server does. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export function listen(server: Server): void {
  server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
    console.log(JSON.stringify({ port: (server.address() as AddressInfo).port, msg: 'listening' }));
  });
}
