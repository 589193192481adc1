/** What a server says to its database of the MySQL family, word for word: a network between them that listens. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** COM_QUERY of the client/server protocol; the driver puts values into the text itself. */
const QUERY = 0x03;
const HEADER_BYTES = 4;
/** Several statements may be in one packet. In a value the driver writes the end of a line in another way. */
const BETWEEN = ';\n';

export interface Statement {
  readonly text: string;
  /** Which connection of the server it went over, from 1 on. */
  readonly connection: number;
  /** Which packet of all it was in: those of one packet are one way to the database. */
  readonly packet: number;
}

export interface Listener {
  /** The target's URL by way of this. */
  readonly url: string;
  /** What was said since this was last asked, in order. */
  taken(): Statement[];
  close(): Promise<void>;
}

export async function listenTo(targetUrl: string): Promise<Listener> {
  const target = new URL(targetUrl);
  const heard: Statement[] = [];
  let connections = 0;
  let packets = 0;
  const server = createServer((near) => {
    connections += 1;
    const connection = connections;
    const far = connect(Number(target.port || 3306), target.hostname);
    const read = reader((texts) => {
      packets += 1;
      heard.push(...texts.map((text) => ({ text, connection, packet: packets })));
    });
    near.on('data', read);
    near.pipe(far).pipe(near);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      end.on('error', () => undefined);
      end.once('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(targetUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    taken: () => heard.splice(0),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Cuts a stream of bytes into packets (length in three bytes, number in one) and tells of those that are of statements. */
function reader(tell: (texts: string[]) => void): (piece: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= HEADER_BYTES) {
      const length = rest.readUIntLE(0, 3);
      if (rest.length < HEADER_BYTES + length) return;
      const packet = rest.subarray(HEADER_BYTES, HEADER_BYTES + length);
      // A command begins a new numbering; what answers a greeting has number 1 or more.
      if (rest[3] === 0 && packet[0] === QUERY) tell(textOf(packet).split(BETWEEN));
      rest = rest.subarray(HEADER_BYTES + length);
    }
  };
}

/** MySQL 9 takes attributes before the text, MariaDB does not: there are none (0), in one set (1). */
function textOf(query: Buffer): string {
  const text = query.toString('utf8', 1);
  return text.startsWith('\0\x01') ? text.slice(2) : text;
}
