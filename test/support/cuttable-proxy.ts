/** A proxy between a server and its database that can break connections, all or the one of a transaction, or swallow everything. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { createPacketSplitter, isLastResponse } from './mysql-packets.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Before the COMMIT reaches the database, or after it has answered: the client learns neither. */
export type CommitCutPoint = 'before' | 'after';

export interface CuttableProxy {
  /** The target's URL through the proxy. */
  readonly url: string;
  /** Breaks every connection; new ones are refused until `restore`. */
  cut(): Promise<void>;
  /** Accepts connections again; does nothing when it does already. */
  restore(): Promise<void>;
  /** Breaks one random connection; false when there is none. */
  cutOneConnection(random: SeededRandom): boolean;
  /** From now on nothing passes, and neither end learns that the other is gone. */
  swallowAll(): void;
  /** Breaks the connection of the next transaction that has a statement with this text, when it commits. */
  cutCommit(cutPoint: CommitCutPoint, statement: string): Promise<void>;
  close(): Promise<void>;
}

interface PendingCut {
  readonly cutPoint: CommitCutPoint;
  readonly statement: string;
  readonly done: () => void;
}

/** Replaces host and port of `targetUrl`; the rest of the URL stays. */
export async function startProxy(targetUrl: string): Promise<CuttableProxy> {
  const target = new URL(targetUrl);
  const open = new Set<Socket>();
  const swallows = new Set<() => void>();
  let pendingCut: PendingCut | undefined;
  let isSwallowing = false;
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
        if (!isSwallowing) for (const other of ends) other.destroy();
      });
    }
    let isTargetTransaction = false;
    let isResponseDropped = false;
    const toDatabase = createChunkFilter((chunk) => {
      if (!pendingCut) return true;
      isTargetTransaction ||= chunk.includes(pendingCut.statement);
      if (!isTargetTransaction || !isCommit(chunk)) return true;
      const { cutPoint, done } = pendingCut;
      pendingCut = undefined;
      if (cutPoint === 'after') {
        isResponseDropped = true;
        // Other statements may be in the packet, and each gets its own response.
        const committed = createPacketSplitter((packet) => {
          if (!isLastResponse(packet)) return;
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
    const toServer = createChunkFilter(() => !isResponseDropped);
    near.pipe(toDatabase).pipe(far);
    far.pipe(toServer).pipe(near);
    swallows.add(() => {
      for (const end of ends) end.unpipe().resume();
    });
    if (isSwallowing) for (const end of ends) end.unpipe().resume();
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
    async restore() {
      if (!server.listening) await listen(port);
    },
    cutOneConnection(random) {
      const ends = [...open];
      const end = ends[random.int(0, ends.length)];
      end?.resetAndDestroy();
      return end !== undefined;
    },
    swallowAll() {
      isSwallowing = true;
      for (const swallow of swallows) swallow();
    },
    cutCommit: (cutPoint, statement) =>
      new Promise((done) => {
        pendingCut = { cutPoint, statement, done };
      }),
    close: cut,
  };
}

/** Forwards the chunks that `passes` accepts. */
const createChunkFilter = (shouldPass: (chunk: Buffer) => boolean): Transform =>
  new Transform({ transform: (chunk: Buffer, _encoding, done) => (shouldPass(chunk) ? done(null, chunk) : done()) });

const COM_QUERY = 3;

/** A MySQL client sends a statement as one packet and waits for the response. */
const isCommit = (chunk: Buffer): boolean => chunk[4] === COM_QUERY && chunk.subarray(-6).toString() === 'COMMIT';
