/** A network between a server and its database that can be cut and mended. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttableProxy {
  /** The target's URL by way of the proxy. */
  readonly url: string;
  /** Breaks every connection; new ones are refused until `mend`. */
  cut(): Promise<void>;
  /** Does nothing while it is whole. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** `targetUrl` names a host and a port; whatever else it holds goes into the proxy's own URL unchanged. */
export async function startProxy(targetUrl: string): Promise<CuttableProxy> {
  const target = new URL(targetUrl);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port || 3306), target.hostname);
    const ends = [near, far];
    for (const end of ends) {
      open.add(end);
      end.on('error', () => undefined);
      end.once('close', () => {
        open.delete(end);
        for (const other of ends) other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const end of open) end.resetAndDestroy();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(targetUrl);
  url.host = `127.0.0.1:${port}`;
  const mend = async () => {
    if (!server.listening) await listen(port);
  };
  return { url: url.href, cut, mend, close: cut };
}
