/**
 * The load generator, a separate process: each connection sends its requests one after the other. It uses HTTP/1.1 over raw
 * sockets, so that it takes little of the machine that it shares with the server, and measures in nanoseconds: a millisecond
 * is too coarse for one connection.
 */
import { connect, type Socket } from 'node:net';
import { createHistogram } from 'node:perf_hooks';
import type { LoadOptions, LoadOutcome } from './load.ts';
import { findResponseEnd } from './response-end.ts';

const MAX_FAILURES = 3;

async function runLoad(order: LoadOptions): Promise<LoadOutcome> {
  const { port, connections, seconds, once = false, perSecond, expect } = order;
  const times = createHistogram({ lowest: 1, highest: 120_000_000_000, figures: 3 });
  const statuses: Record<string, number> = {};
  const failures: string[] = [];
  const sockets = await Promise.all(connections.map(() => openSocket(port)));
  const start = process.hrtime.bigint();
  const end = start + BigInt(Math.round(seconds * 1e9));
  const recordResponse = (status: string, answer: Buffer) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    const failed = !/^[23]/.test(status) || (expect !== undefined && !answer.includes(expect));
    if (failed && failures.length < MAX_FAILURES) failures.push(answer.toString('utf8', 0, 1_000));
  };
  const drive = (socket: Socket, requests: readonly Buffer[], index: number): Promise<void> =>
    new Promise((resolve, reject) => {
      let sent = 0;
      let sentAt = 0n;
      let pending: Buffer | null = null;
      const getDueTime = () =>
        perSecond ? start + BigInt(Math.round(((sent * connections.length + index) * 1e9) / perSecond)) : 0n;
      const send = () => {
        sentAt = process.hrtime.bigint();
        if (sentAt >= end || (once && sent === requests.length)) return resolve();
        const early = getDueTime() - sentAt;
        if (early > 0n) return void setTimeout(send, Math.min(Number(early) / 1e6, seconds * 1_000));
        socket.write(requests[sent % requests.length] ?? '');
        sent += 1;
      };
      socket.on('data', (chunk: Buffer) => {
        const answer = pending ? Buffer.concat([pending, chunk]) : chunk;
        const complete = findResponseEnd(answer);
        pending = complete === null ? answer : null;
        if (complete === null) return;
        const now = process.hrtime.bigint();
        times.record(now - sentAt);
        recordResponse(answer.toString('latin1', 9, 12), answer);
        send();
      });
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('The server closed a connection under load')));
      send();
    });
  try {
    await Promise.all(
      sockets.map((socket, index) =>
        drive(
          socket,
          (connections[index] ?? []).map((text) => Buffer.from(text)),
          index,
        ),
      ),
    );
  } finally {
    for (const socket of sockets) socket.removeAllListeners('close').destroy();
  }
  const ms = (percent: number) => times.percentile(percent) / 1e6;
  const taken = Number(process.hrtime.bigint() - start) / 1e9;
  return { answers: times.count, seconds: taken, p50Ms: ms(50), p99Ms: ms(99), statuses, failures };
}

const openSocket = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket.off('error', reject)));
    socket.once('error', reject);
  });

process.on('message', (order: LoadOptions) => {
  runLoad(order).then(
    (outcome) => process.send?.({ outcome }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit());
