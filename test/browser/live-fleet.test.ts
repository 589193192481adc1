/** The home page follows a fleet that changes while it is watched. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../server/platform/clock.ts';
import { openTestHouse, randomName, type TestHouse } from '../support/house.ts';
import { useBrowser } from './support/browser.ts';
import { kindOf, linkOf, needOf, reloaded, rowOf } from './support/dashboard.ts';
import { everyRow } from './support/every-row.ts';

const visit = useBrowser();
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ environment: { FLEETBEAT_SWEEP_EVERY: '500ms' } });
});
afterAll(() => house.close());

test('200 sessions change while they are watched, and every row says what its session last said', async () => {
  const sessions = Array.from({ length: 200 }, (_, index) => ({
    sessionId: randomName('session'),
    programId: `agent-${String(index).padStart(3, '0')}`,
    name: `Task ${index}`,
  }));
  await Promise.all(sessions.map((each) => house.admin.sessions.create({ ...each, status: 'Starting' })));
  await using it = await visit(house.url, { path: await linkOf(house) });
  const { page } = it;
  await kindOf(page, 'Working', 200).waitFor();
  await reloaded(page);
  const requests: string[] = [];
  page.on('request', (request) => void requests.push(new URL(request.url()).pathname));

  // Three changes of each, mixed; in the end every fifth is blocked, every seventh of the others is complete.
  const endOf = (index: number) => (index % 5 === 0 ? 'blocked' : index % 7 === 0 ? 'complete' : 'working');
  for (const step of [1, 2, 3]) {
    const changes = sessions.map(({ sessionId }, index) =>
      house.admin.sessions.update(sessionId, {
        status: `Step ${step} of ${index}`,
        progress: step * 30,
        ...(step === 3 && { state: endOf(index) }),
      }),
    );
    await Promise.all(changes);
  }
  const counted = (state: string) => sessions.filter((_, index) => endOf(index) === state).length;
  await kindOf(page, 'Working', counted('working')).waitFor();
  await kindOf(page, 'Blocked', counted('blocked')).waitFor();
  await kindOf(page, 'Offline', counted('complete')).waitFor();

  await page.getByLabel('Order').selectOption('name');
  const rows = await everyRow(page);
  const shown = sessions.map(({ programId }) => rows.get(programId));
  expect(shown).toEqual(
    sessions.map((_, index) =>
      endOf(index) === 'complete'
        ? { does: 'No live session', state: 'Complete' }
        : { does: `Step 3 of ${index}`, state: endOf(index) === 'blocked' ? 'Blocked' : 'Working' },
    ),
  );
  expect(requests.filter((path) => path.startsWith('/v1/'))).toEqual([]);
  expect(it.troubles()).toEqual([]);
});

test('an agent falls silent before our eyes, and is back with its next heartbeat', async () => {
  const { programId, client } = await house.program('quiet');
  const { sessionId } = await client.sessions.create({ name: 'Long build', status: 'Compiling' });
  await using it = await visit(house.url, { path: await linkOf(house) });
  const { page } = it;
  await page.getByRole('searchbox', { name: 'Search programs' }).fill(programId);
  await rowOf(page, programId).getByText('Working').waitFor();

  house.clock.advance(16 * MINUTE);
  await rowOf(page, programId).getByText('Stale').waitFor();
  // By the server's clock, not by the browser's.
  await rowOf(page, programId).getByText(/^16m/).waitFor();
  await page.getByRole('button', { name: /^Stale \d+$/ }).click();
  await rowOf(page, programId).waitFor();

  await client.sessions.update(sessionId, { status: 'Compiling', lastHeartbeat: true });
  await rowOf(page, programId).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^All \d+$/ }).click();
  await rowOf(page, programId).getByText('Working').waitFor();
  await rowOf(page, programId).getByText(/^\d+s/).waitFor();
});

test('a blocked agent asks, is answered on the home page, and finds the answer in its inbox', async () => {
  const { programId, client } = await house.program('asker');
  const { sessionId } = await client.sessions.create({ name: 'Release', status: 'Preparing the release' });
  await using it = await visit(house.url, { path: await linkOf(house) });
  const { page } = it;
  const question = 'May I drop the column users.legacy_id?';
  await client.sessions.update(sessionId, { state: 'blocked', status: question });
  const need = needOf(page, programId);
  // Others ask, too, and have waited longer.
  await page.getByRole('button', { name: /^Show all \d+$/ }).click();
  await need.getByText(question).waitFor();
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
