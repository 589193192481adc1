/** Catching up on many events with a filter: the database filters, in bounded pages. */
import { expect, test } from 'vitest';
import type { components } from '../../../openapi/generated/types.ts';
import { openRawEventStream } from '../../support/event-stream.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { connect } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

type EventType = components['schemas']['EventType'];

const server = useTestServer();

const COUNT = 12_000;
/** On both sides of what one page holds and of what one page covers. */
const RARE = [3, 500, 501, 5_000, 5_001, 5_002, 10_003, COUNT];

interface Planted {
  readonly type: EventType;
  readonly programId: string | null;
  readonly data: object;
}

/** Straight into the table, behind the account's events, of which there must be one; `plant` decides by place, from 1 on. */
async function plantEvents(accountId: string, plant: (place: number) => Planted): Promise<number> {
  const sql = await connect(server.database);
  const [counter] = await sql.query<{ seq: number | string }>('SELECT seq FROM event_counters WHERE accountId = ?', [
    accountId,
  ]);
  const base = Number(counter?.seq ?? 0);
  for (let from = 1; from <= COUNT; from += 1_000) {
    const rows = Array.from({ length: 1_000 }, (_, index) => {
      const { type, programId, data } = plant(from + index);
      const program = programId === null ? 'NULL' : `'${programId}'`;
      return `('${accountId}', ${base + from + index}, ${Date.now()}, '${type}', ${program}, NULL, '${JSON.stringify(data)}')`;
    });
    await sql.query(
      `INSERT INTO events (accountId, seq, at, kind, programId, sessionId, data) VALUES ${rows.join(',')}`,
    );
  }
  await sql.query('UPDATE event_counters SET seq = ? WHERE accountId = ?', [base + COUNT, accountId]);
  await sql.close();
  return base;
}

/** The places of the next `count` events, then the event that is made now. */
async function readPlaces(key: string, base: number, query: string, count: number): Promise<number[]> {
  const stream = await openRawEventStream(server.url, key, `?after=${base}&${query}`);
  const places: number[] = [];
  while (places.length < count) {
    const message = await stream.next();
    if (!message) throw new Error(`The stream ended after ${places.length}`);
    if (message.event !== 'position') places.push(Number(message.id) - base);
  }
  stream.close();
  return places;
}

test('a follower of rare types gets each of them, and goes on with what happens now', async () => {
  const { accountId, key, client } = await server.createAccount('unlimited');
  await client.keys.create({ programId: 'builder' });
  const isRare = (place: number) => RARE.includes(place);
  const base = await plantEvents(accountId, (place) => ({
    type: isRare(place) ? 'mass-silence' : 'task.created',
    programId: isRare(place) ? null : 'builder',
    data: isRare(place) ? { sessions: 5, since: '2026-01-01T00:00:00.000Z' } : { taskId: 't', target: 'builder' },
  }));
  const reading = readPlaces(key, base, 'types=mass-silence,session.created', RARE.length + 1);
  const { sessionId } = await client.sessions.create({ name: 'Now' });
  expect(sessionId).toMatch(/./);
  expect(await reading).toEqual([...RARE, COUNT + 1]);
  // A type that never came costs the same few pages, and the next event of it arrives.
  const never = readPlaces(key, base, 'types=program.updated', 1);
  await client.programs.update('builder', { paused: true });
  expect(await never).toEqual([COUNT + 2]);
});

test('a program catches up on what concerns it, and on nothing else', async () => {
  const { accountId, client } = await server.createAccount('unlimited');
  const { key } = await client.keys.create({ programId: 'builder' });
  const { key: reviewer } = await client.keys.create({ programId: 'reviewer' });
  const concerning: Readonly<Record<number, Planted>> = {
    7: { type: 'task.created', programId: 'reviewer', data: { target: 'builder', createdBy: 'reviewer' } },
    4999: { type: 'task.created', programId: 'reviewer', data: { target: '*', createdBy: 'reviewer' } },
    5001: { type: 'message.sent', programId: 'reviewer', data: { to: 'builder' } },
    6000: { type: 'session.created', programId: 'reviewer', data: { name: 'x' } },
    9000: { type: 'state.written', programId: 'builder', data: { version: 1 } },
    [COUNT]: { type: 'task.completed', programId: 'other', data: { target: 'other', createdBy: 'builder' } },
  };
  const base = await plantEvents(
    accountId,
    (place) => concerning[place] ?? { type: 'state.written', programId: 'other', data: { version: place } },
  );
  const own = Object.keys(concerning).map(Number);
  expect(await readPlaces(key, base, '', own.length)).toEqual(own);
  expect(await readPlaces(key, base, 'programId=builder', own.length - 1)).toEqual(
    own.filter((each) => each !== 6_000),
  );
  expect(await readPlaces(key, base, 'types=message.sent,state.written', 2)).toEqual([5_001, 9_000]);
  expect(await readPlaces(reviewer, base, 'types=session.created,task.created', 3)).toEqual([7, 4_999, 6_000]);
});

test('a follower of what was deleted meanwhile is told so, whatever it filters', async () => {
  const { accountId, key, client } = await server.createAccount('unlimited');
  await client.keys.create({ programId: 'builder' });
  const base = await plantEvents(accountId, () => ({ type: 'task.created', programId: null, data: {} }));
  const sql = await connect(server.database);
  await sql.query('DELETE FROM events WHERE accountId = ? AND seq <= ?', [accountId, base + 6_000]);
  await sql.close();
  const request = { method: 'GET', path: `/v1/events?after=${base}&types=mass-silence`, headers: bearer(key) };
  expectProblem(await sendRaw(server.url, request), 410);
});
