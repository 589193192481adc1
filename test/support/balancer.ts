/** One address for several servers: each new connection goes to the next one that takes it. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Balancer {
  readonly url: string;
  close(): Promise<void>;
}

/** `urls` are those of the servers, whether they run or not. A connection ends with its server. */
export async function startBalancer(urls: readonly string[]): Promise<Balancer> {
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer((near) => {
    turn += 1;
    keep(near);
    join(near, [...urls.slice(turn % urls.length), ...urls.slice(0, turn % urls.length)]);
  });
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
  };
  const join = (near: Socket, [next, ...others]: readonly string[]) => {
    if (next === undefined || near.destroyed) return near.resetAndDestroy();
    const far = connect(Number(new URL(next).port), '127.0.0.1');
    keep(far);
    const refused = () => join(near, others);
    far.once('error', refused);
    far.once('connect', () => {
      far.off('error', refused);
      far.once('close', () => near.destroy());
      near.once('close', () => far.destroy());
      near.pipe(far).pipe(near);
    });
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
