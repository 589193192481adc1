/** A network between a server and its database that can be cut and mended, whole or under one transaction. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { isLastAnswer, packets } from './mysql-packets.ts';

/** Before the database hears of the COMMIT, or after it has answered: whoever commits is told neither. */
export type Moment = 'before' | 'after';

export interface CuttableProxy {
  /** The target's URL by way of the proxy. */
  readonly url: string;
  /** Breaks every connection; new ones are refused until `mend`. */
  cut(): Promise<void>;
  /** Does nothing while it is whole. */
  mend(): Promise<void>;
  /** Breaks one connection, any of them; false when there is none. */
  cutOne(): boolean;
  /** Breaks the connection of the next transaction with a statement that has this in it, when it commits. */
  cutCommit(moment: Moment, statement: string): Promise<void>;
  close(): Promise<void>;
}

interface Ambush {
  readonly moment: Moment;
  readonly statement: string;
  readonly done: () => void;
}

/** `targetUrl` names a host and a port; whatever else it holds goes into the proxy's own URL unchanged. */
export async function startProxy(targetUrl: string): Promise<CuttableProxy> {
  const target = new URL(targetUrl);
  const open = new Set<Socket>();
  let ambush: Ambush | undefined;
  const server = createServer((near) => {
    const far = connect(Number(target.port || 3306), target.hostname);
    const ends = [near, far];
    const cutBoth = () => {
      for (const end of ends) end.resetAndDestroy();
    };
    for (const end of ends) {
      open.add(end);
      end.on('error', () => undefined);
      end.once('close', () => {
        open.delete(end);
        for (const other of ends) other.destroy();
      });
    }
    let isMeant = false;
    let isAnswerLost = false;
    const toDatabase = gate((chunk) => {
      if (!ambush) return true;
      isMeant ||= chunk.includes(ambush.statement);
      if (!isMeant || !isCommit(chunk)) return true;
      const { moment, done } = ambush;
      ambush = undefined;
      if (moment === 'after') {
        isAnswerLost = true;
        // Statements may come with it, and each is answered by itself.
        const committed = packets((packet) => {
          if (!isLastAnswer(packet)) return;
          cutBoth();
          done();
        });
        far.on('data', committed);
        return true;
      }
      cutBoth();
      done();
      return false;
    });
    const toServer = gate(() => !isAnswerLost);
    near.pipe(toDatabase).pipe(far);
    far.pipe(toServer).pipe(near);
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
  return {
    url: url.href,
    cut,
    async mend() {
      if (!server.listening) await listen(port);
    },
    cutOne() {
      const ends = [...open];
      const end = ends[Math.floor(Math.random() * ends.length)];
      end?.resetAndDestroy();
      return end !== undefined;
    },
    cutCommit: (moment, statement) =>
      new Promise((done) => {
        ambush = { moment, statement, done };
      }),
    close: cut,
  };
}

/** Lets through what `passes` lets through. */
const gate = (passes: (chunk: Buffer) => boolean): Transform =>
  new Transform({ transform: (chunk: Buffer, _encoding, done) => (passes(chunk) ? done(null, chunk) : done()) });

const COM_QUERY = 3;

/** A client of MySQL sends its statements in a packet of their own, and waits for the answer. */
const isCommit = (chunk: Buffer): boolean => chunk[4] === COM_QUERY && chunk.subarray(-6).toString() === 'COMMIT';
