/** A name server that never answers. This process asks no other one until it is closed. */
import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';

export interface SilentNameServer {
  /** Host and port. */
  readonly address: string;
  /** How many questions came. */
  questions(): number;
  close(): void;
}

export async function startSilentNameServer(): Promise<SilentNameServer> {
  let questions = 0;
  const socket = createSocket('udp4', () => {
    questions += 1;
  });
  await once(socket.bind(0, '127.0.0.1'), 'listening');
  const before = dns.getServers();
  const address = `127.0.0.1:${socket.address().port}`;
  dns.setServers([address]);
  return {
    address,
    questions: () => questions,
    close() {
      dns.setServers(before);
      socket.close();
    },
  };
}
