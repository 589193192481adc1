/** One address for several servers: each new connection goes to the next one that accepts it. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Balancer {
  readonly url: string;
  close(): Promise<void>;
}

/** `urls` are those of the servers, whether they run or not. A connection ends with its server. */
export async function startBalancer(urls: readonly string[]): Promise<Balancer> {
  const open = new Set<Socket>();
  let connectionCount = 0;
  const server = createServer((near) => {
    connectionCount += 1;
    track(near);
    connectToNext(near, [
      ...urls.slice(connectionCount % urls.length),
      ...urls.slice(0, connectionCount % urls.length),
    ]);
  });
  const track = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
  };
  const connectToNext = (near: Socket, [next, ...others]: readonly string[]) => {
    if (next === undefined || near.destroyed) return near.resetAndDestroy();
    const far = connect(Number(new URL(next).port), '127.0.0.1');
    track(far);
    const tryNext = () => connectToNext(near, others);
    far.once('error', tryNext);
    far.once('connect', () => {
      far.off('error', tryNext);
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
