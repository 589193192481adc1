import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { randomName } from '../../support/test-server.ts';

const ADMIN_KEY = 'fb_two-servers_0123456789abcdef0123456789abcdef';
const LIMITS = [
  ['free', 1],
  ['pro', 5],
  ['team', 10],
] as const;

let database: TestDatabase;
let servers: ServerProcess[];
let rounds: number;

beforeAll(async () => {
  database = await createTestDatabase();
  // SQLite is for one process; that two of them still keep the limit is shown once.
  rounds = database.kind === 'mysql' ? 3 : 1;
  const environment = { DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY, FLEETBEAT_RATE_LIMITS: 'off' };
  servers = await Promise.all([startServerProcess(environment), startServerProcess(environment)]);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  await database.remove();
});

test.each(LIMITS)(
  'two processes on one database let 200 parallel creates on %s make exactly %i sessions',
  async (tier, limit) => {
    for (let round = 0; round < rounds; round += 1) {
      const [first] = servers;
      const { key } = (await first?.client(ADMIN_KEY).accounts.create({ name: randomName('account'), tier })) ?? {
        key: '',
      };
      const clients = servers.map((server) => server.client(key));
      const creates = Array.from({ length: 200 }, (_, index) =>
        clients[index % 2]?.sessions.create({ name: `Agent ${index}` }),
      );
      const outcomes = await Promise.allSettled(creates);
      const kinds = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'made' : outcome.reason.kind));
      expect(kinds.filter((kind) => kind === 'made')).toHaveLength(limit);
      expect(kinds.filter((kind) => kind === 'session-limit-reached')).toHaveLength(200 - limit);
      expect((await clients[1]?.sessions.list({ limit: 50 }))?.sessions).toHaveLength(limit);
    }
  },
);

test('a key that one process revokes is refused by the other', async () => {
  const [one, other] = servers.map((server) => server.client(ADMIN_KEY));
  const made = await one?.keys.create({ programId: 'builder' });
  const builder = servers[1]?.client(made?.key ?? '');
  expect((await builder?.me())?.programId).toBe('builder');
  await one?.keys.revoke(made?.keyId ?? '');
  await expect
    .poll(
      () =>
        builder?.me().then(
          () => 200,
          (error) => error.status,
        ),
      { timeout: 30_000, interval: 50 },
    )
    .toBe(401);
  expect((await other?.keys.list({ programId: 'builder' }))?.keys[0]?.revokedAt).not.toBeNull();
});
