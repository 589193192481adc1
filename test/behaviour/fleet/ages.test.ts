import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const server = useTestServer({ stopClock: true });

const readHealth = async (programId: string) => {
  const { programs } = await server.admin.fleet.health();
  return programs.find((program) => program.programId === programId) ?? expect.fail(`${programId} is not there`);
};

test('the age of the last heartbeat is text in its largest unit, rounded down', async () => {
  const { programId, client } = await server.createProgram();
  const { lastHeartbeat } = await client.sessions.create({ name: 'Auth' });
  let passed = 0;
  for (const [age, text] of [
    [0, '0s'],
    [999, '0s'],
    [45 * SECOND, '45s'],
    [59_999, '59s'],
    [MINUTE, '1m'],
    [2 * MINUTE, '2m'],
    [17 * MINUTE + 59 * SECOND, '17m'],
    [HOUR - 1, '59m'],
    [HOUR, '1h'],
    [3 * HOUR + 59 * MINUTE, '3h'],
    [DAY - 1, '23h'],
    [DAY, '1d'],
    [2 * DAY + 23 * HOUR, '2d'],
    [40 * DAY, '40d'],
  ] as const) {
    server.clock.advance(age - passed);
    passed = age;
    const seconds = Math.floor(age / SECOND);
    expect(await readHealth(programId)).toMatchObject({
      heartbeatAge: text,
      heartbeatAgeSeconds: seconds,
      lastHeartbeat,
    });
  }
});

test('the last heartbeat is that of the session that the row speaks of, and an update without one does not move it', async () => {
  const { programId, client } = await server.createProgram();
  const first = await client.sessions.create({ name: 'First' });
  server.clock.advance(MINUTE);
  await client.sessions.create({ name: 'Second' });
  server.clock.advance(MINUTE);
  await client.sessions.update(first.sessionId, { status: 'Quiet' });
  expect(await readHealth(programId)).toMatchObject({ lastHeartbeat: first.lastHeartbeat, heartbeatAge: '2m' });
});

test('a clock that was set back makes no age negative', async () => {
  const { programId, client } = await server.createProgram();
  await client.sessions.create({ name: 'Auth' });
  server.clock.advance(-MINUTE);
  expect(await readHealth(programId)).toMatchObject({ heartbeatAge: '0s', heartbeatAgeSeconds: 0, health: 'healthy' });
  server.clock.advance(MINUTE);
});
