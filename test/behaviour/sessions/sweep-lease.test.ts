/** A sweep that has lost its lease leaves the rest to whoever holds it now. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { ArchivalSweep } from '../../../server/domains/sessions/sweep.ts';
import { openStore } from '../../../server/platform/database/open.ts';
import type { Store } from '../../../server/platform/database/store.ts';
import { schema } from '../../../server/schema/index.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 86_400_000;

const server = useTestServer({ jobs: false });
let store: Store;
beforeAll(async () => {
  store = await openStore(server.database.url, schema);
});
afterAll(() => store.close());

test.each([
  ['lost after its first page', false, 1],
  ['kept', true, 3],
])('with its lease %s', async (_name, isKept, archivedCount) => {
  const clients = await Promise.all(['a', 'b', 'c'].map(async () => (await server.createAccount('pro')).client));
  for (const client of clients) await client.sessions.create({ name: 'Silent', sessionId: 'silent' });
  const tomorrow = { elapsed: () => 0, now: () => server.clock.now() + DAY, upSince: () => 0 };
  const settings = readConfig({ DATABASE_URL: server.database.url });
  await new ArchivalSweep(store, tomorrow, settings).run(async () => isKept);
  const sessions = await Promise.all(clients.map((client) => client.sessions.get('silent')));
  expect(sessions.filter(({ archived }) => archived)).toHaveLength(archivedCount);
});
