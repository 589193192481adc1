/** Records the statements that a server sends to MySQL or MariaDB, by a proxy between them. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { createPacketSplitter } from './mysql-packets.ts';

/** COM_QUERY of the client/server protocol; the driver puts values into the text itself. */
const COM_QUERY = 0x03;
/** Several statements may be in one packet. Inside a value the driver escapes the newline. */
const STATEMENT_SEPARATOR = '\n;\n';

export interface Statement {
  readonly text: string;
  /** The number of the server's connection, from 1. */
  readonly connection: number;
  /** The number of the packet: statements in one packet are one round trip. */
  readonly packet: number;
}

export interface StatementRecorder {
  /** The target's URL through this proxy. */
  readonly url: string;
  /** The statements since the previous call, in order. */
  takeStatements(): Statement[];
  close(): Promise<void>;
}

export async function startStatementRecorder(targetUrl: string): Promise<StatementRecorder> {
  const target = new URL(targetUrl);
  const recorded: Statement[] = [];
  let connections = 0;
  let packetCount = 0;
  const server = createServer((near) => {
    connections += 1;
    const connection = connections;
    const far = connect(Number(target.port || 3306), target.hostname);
    const read = createPacketSplitter((packet, number) => {
      // A command starts a new sequence at 0; a response to the greeting has a higher number.
      if (number !== 0 || packet[0] !== COM_QUERY) return;
      packetCount += 1;
      for (const text of readQueryText(packet).split(STATEMENT_SEPARATOR))
        recorded.push({ text, connection, packet: packetCount });
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
    takeStatements: () => recorded.splice(0),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** MySQL 9 sends query attributes before the text, MariaDB does not: here none (0), in one set (1). */
function readQueryText(query: Buffer): string {
  const text = query.toString('utf8', 1);
  return text.startsWith('\0\x01') ? text.slice(2) : text;
}
