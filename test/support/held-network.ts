/** A network between a server and what it asks (its database, Redis) that holds back for as long as a test wants. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface HeldNetwork {
  /** The target's URL by way of this network. */
  readonly url: string;
  /** From now on nothing that the server sends arrives. */
  hold(): void;
  /** How many bytes are held back. */
  held(): number;
  /** Everything that was held back arrives, and what follows as it is sent. */
  release(): void;
  close(): Promise<void>;
}

/** `targetUrl` names a host and a port; whatever else it holds goes into the network's own URL unchanged. */
export async function startHeldNetwork(targetUrl: string, usualPort = 3306): Promise<HeldNetwork> {
  const target = new URL(targetUrl);
  const open = new Set<Socket>();
  let isHolding = false;
  let held: { readonly far: Socket; readonly chunk: Buffer }[] = [];
  const server = createServer((near) => {
    const far = connect(Number(target.port || usualPort), target.hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(end);
      end.on('error', () => undefined);
      end.once('close', () => {
        open.delete(end);
        other.destroy();
      });
    }
    near.on('data', (chunk) => {
      if (isHolding) held.push({ far, chunk });
      else far.write(chunk);
    });
    far.on('data', (chunk) => near.write(chunk));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(targetUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    hold() {
      isHolding = true;
    },
    held: () => held.reduce((bytes, { chunk }) => bytes + chunk.length, 0),
    release() {
      isHolding = false;
      for (const { far, chunk } of held) far.write(chunk);
      held = [];
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const end of open) end.destroy();
      await closed;
    },
  };
}
