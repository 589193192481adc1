import { once } from 'node:events';
import { connect as connectTo } from 'node:net';
import { expect, test } from 'vitest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { startProxy } from '../../support/cuttable-proxy.ts';
import { readFirst, readNext } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { connect } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const rangeTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('a connection that breaks and resumes misses nothing and repeats nothing', async () => {
  const { key, client } = await server.createAccount('unlimited');
  const proxy = await startProxy(server.url);
  const states: string[] = [];
  const far = createFleetbeat({ baseUrl: proxy.url, key });
  const events = far.events({ after: 0, onConnection: (state) => states.push(state) });
  const { sessionId } = await client.sessions.create({ name: 'Watched' });
  const write = async (from: number, to: number) => {
    for (let count = from; count <= to; count += 1) await client.sessions.update(sessionId, { status: String(count) });
  };
  const seen = await readNext(events, 1);
  for (const round of [0, 1]) {
    const from = 2 + round * 40;
    const meanwhile = write(from, from + 19);
    seen.push(...(await readNext(events, 5)));
    await proxy.cut();
    await meanwhile;
    await write(from + 20, from + 39);
    await proxy.restore();
    seen.push(...(await readNext(events, 35)));
  }
  expect(seen.map(({ sequence }) => sequence)).toEqual(rangeTo(81));
  expect(states).toEqual(['open', 'lost', 'open', 'lost', 'open']);
  await events.return();
  await proxy.close();
});

test('an iteration ends with its signal, and with the loop that is left', async () => {
  const { client } = await server.createAccount('unlimited');
  const ending = new AbortController();
  const events = client.events({ signal: ending.signal });
  const next = events.next();
  ending.abort();
  expect(await next).toEqual({ done: true, value: undefined });
  await client.sessions.create({ name: 'One' });
  for await (const event of client.events({ after: 0 })) {
    expect(event.sequence).toBe(1);
    break;
  }
  await eventually(async () => (await metric('event_streams')) === 0);
});

test('a slow reader is cut off and resumes where it was; others are not delayed', async () => {
  const { accountId, key, client } = await server.createAccount('unlimited');
  const { sessionId } = await client.sessions.create({ name: 'First' });
  const { hostname, port } = new URL(server.url);
  const slow = connectTo(Number(port), hostname);
  slow.write(`GET /v1/events?after=0 HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${key}\r\n\r\n`);
  const pieces: Buffer[] = [];
  slow.on('data', (piece) => pieces.push(piece)).on('error', () => undefined);
  const hasSeen = (id: number) => async () => Buffer.concat(pieces).includes(`id: ${id}\n`);
  await eventually(hasSeen(1));
  await client.sessions.update(sessionId, { status: 'Second' });
  // It has caught up and goes with all others: from here on nobody waits for it.
  await eventually(hasSeen(2));
  slow.pause();
  const fast = client.events({ after: 0 });
  const count = 12_000;
  const seen = readNext(fast, count);
  await writeAsAnotherServer(accountId, 3, count);
  expect((await seen).map(({ sequence }) => sequence)).toEqual(rangeTo(count));
  await fast.return();
  // A busy machine may find the fast one slow for a moment too: it has come back by itself then.
  await eventually(async () => (await metric('event_streams')) === 0);
  expect(await metric('event_streams_cut_total')).toBeGreaterThan(0);

  slow.resume();
  if (!slow.closed) await once(slow, 'close');
  const frames = Buffer.concat(pieces).toString().split('\n\n').slice(0, -1);
  const ids = frames.flatMap((frame) => /^id: (\d+)\nevent: session/m.exec(frame)?.[1] ?? []).map(Number);
  const last = ids.at(-1) ?? 0;
  expect(ids).toEqual(rangeTo(last));
  expect(last).toBeLessThan(count);
  const rest = await readFirst(client.events({ after: last }), count - last);
  expect([...ids, ...rest.map(({ sequence }) => sequence)]).toEqual(rangeTo(count));
});

/** Straight into the table, as another server commits it: nothing in this process rings a bell. */
async function writeAsAnotherServer(accountId: string, first: number, last: number): Promise<void> {
  const sql = await connect(server.database);
  const data = JSON.stringify({ name: 'x'.repeat(1_500) });
  for (let from = first; from <= last; from += 1_000) {
    const to = Math.min(last, from + 999);
    const rows = Array.from(
      { length: to - from + 1 },
      (_, index) => `('${accountId}', ${from + index}, ${Date.now()}, 'session.updated', NULL, 's', '${data}')`,
    );
    await sql.query(
      `INSERT INTO events (accountId, seq, at, kind, programId, sessionId, data) VALUES ${rows.join(',')}`,
    );
    await sql.query('UPDATE event_counters SET seq = ? WHERE accountId = ?', [to, accountId]);
  }
  await sql.close();
}

async function metric(name: string): Promise<number> {
  const { text } = await sendRaw(server.url, { method: 'GET', path: '/metrics', headers: bearer(server.adminKey) });
  return Number(new RegExp(`^fleetbeat_${name} (\\d+)$`, 'm').exec(text)?.[1]);
}
