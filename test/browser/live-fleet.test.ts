/** The home page follows a fleet that changes while it is watched. */
import { expect, test } from 'vitest';
import { MINUTE } from '../../server/platform/clock.ts';
import { randomName } from '../support/test-server.ts';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath, filterButton, fleetRow, openAttentionCard, reloadFleet } from './support/dashboard.ts';
import { readFleetRows } from './support/fleet-rows.ts';

const visit = useBrowser();
const server = useTestServer({ environment: { FLEETBEAT_SWEEP_EVERY: '500ms' } });

test("200 sessions change live, and every row shows its session's latest status", async () => {
  const sessions = Array.from({ length: 200 }, (_, index) => ({
    sessionId: randomName('session'),
    programId: `agent-${String(index).padStart(3, '0')}`,
    name: `Task ${index}`,
  }));
  await Promise.all(sessions.map((each) => server.admin.sessions.create({ ...each, status: 'Starting' })));
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await filterButton(page, 'Working', 200).waitFor();
  await reloadFleet(page);
  const requests: string[] = [];
  page.on('request', (request) => void requests.push(new URL(request.url()).pathname));

  // Three changes of each, mixed; in the end every fifth is blocked, every seventh of the others is complete.
  const getState = (index: number) => (index % 5 === 0 ? 'blocked' : index % 7 === 0 ? 'complete' : 'working');
  for (const step of [1, 2, 3]) {
    const changes = sessions.map(({ sessionId }, index) =>
      server.admin.sessions.update(sessionId, {
        status: `Step ${step} of ${index}`,
        progress: step * 30,
        ...(step === 3 && { state: getState(index) }),
      }),
    );
    await Promise.all(changes);
  }
  const countState = (state: string) => sessions.filter((_, index) => getState(index) === state).length;
  await filterButton(page, 'Working', countState('working')).waitFor();
  await filterButton(page, 'Blocked', countState('blocked')).waitFor();
  await filterButton(page, 'Done', countState('complete')).waitFor();

  await page.getByLabel('Order').selectOption('name');
  const rows = await readFleetRows(page);
  const shown = sessions.map(({ programId }) => rows.get(programId));
  expect(shown).toEqual(
    sessions.map((_, index) =>
      getState(index) === 'complete'
        ? { status: `Task ${index} · Step 3 of ${index}`, state: 'Done' }
        : { status: `Step 3 of ${index}`, state: getState(index) === 'blocked' ? 'Blocked' : 'Working' },
    ),
  );
  // The changes come by the stream alone. What the page reads beside the fleet it reads once, a moment after it is shown.
  const read = requests.filter((path) => path.startsWith('/v1/')).toSorted();
  expect(['/v1/fleet/history', '/v1/keys']).toEqual(expect.arrayContaining(read));
  expect(new Set(read).size).toBe(read.length);
  expect(it.errors()).toEqual([]);
});

test('an agent goes stale live, and returns with its next heartbeat', async () => {
  const { programId, client } = await server.createProgram('quiet');
  const { sessionId } = await client.sessions.create({ name: 'Long build', status: 'Compiling' });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('searchbox', { name: 'Search programs' }).fill(programId);
  await fleetRow(page, programId).getByText('Working').waitFor();

  server.clock.advance(16 * MINUTE);
  await fleetRow(page, programId).getByText('Stale').waitFor();
  // By the server's clock, not by the browser's.
  await fleetRow(page, programId).getByText(/^16m/).waitFor();
  await page.getByRole('button', { name: /^Stale \d+$/ }).click();
  await fleetRow(page, programId).waitFor();

  await client.sessions.update(sessionId, { status: 'Compiling', lastHeartbeat: true });
  await fleetRow(page, programId).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^All \d+$/ }).click();
  await fleetRow(page, programId).getByText('Working').waitFor();
  await fleetRow(page, programId).getByText(/^\d+s/).waitFor();
});

test("a blocked agent's question is answered on the home page, and the answer reaches its inbox", async () => {
  const { programId, client } = await server.createProgram('asker');
  const { sessionId } = await client.sessions.create({ name: 'Release', status: 'Preparing the release' });
  await using it = await visit(server.url, { path: await createSignInPath(server) });
  const { page } = it;
  const question = 'May I drop the column users.legacy_id?';
  await client.sessions.update(sessionId, { state: 'blocked', status: question });
  // Others ask, too, and have waited longer.
  await page.getByRole('button', { name: /^Show all \d+$/ }).click();
  const need = await openAttentionCard(page, programId);
  await need.getByText(question).first().waitFor();
  await need.getByLabel(`Answer to ${programId}`).fill('Yes, it is unused since May.');
  await need.getByRole('button', { name: 'Send' }).click();
  await need.getByText('The agent is told with its next heartbeat').waitFor();

  const report = await client.sessions.update(sessionId, { status: question, lastHeartbeat: true });
  expect(report.pendingMessages).toBe(1);
  const { messages } = await client.messages.list();
  expect(messages).toMatchObject([
    { kind: 'DIRECTIVE', text: expect.stringContaining('Yes, it is unused since May.') },
  ]);

  await client.sessions.update(sessionId, { state: 'working', status: 'Dropping the column' });
  await need.waitFor({ state: 'detached' });
});
