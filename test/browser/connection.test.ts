/** A connection is lost and regained without a missed event. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CuttableProxy, startProxy } from '../support/cuttable-proxy.ts';
import { randomName } from '../support/test-server.ts';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath, filterButton, fleetRow, reloadFleet } from './support/dashboard.ts';

const visit = useBrowser();
let network: CuttableProxy;
const server = useTestServer();
beforeAll(async () => {
  network = await startProxy(server.url);
});
afterAll(async () => {
  await network.close();
});

test('an outage keeps the data and marks it as outdated; missed events arrive afterwards, each once', async () => {
  const sessions = Array.from({ length: 30 }, (_, index) => ({
    sessionId: randomName('session'),
    programId: `worker-${index + 10}`,
    name: `Job ${index}`,
  }));
  await Promise.all(sessions.map((each) => server.admin.sessions.create({ ...each, status: 'Before the cut' })));
  await using it = await visit(network.url, { path: await createSignInPath(server) });
  const { page } = it;
  await filterButton(page, 'Working', 30).waitFor();
  await reloadFleet(page);
  await fleetRow(page, 'worker-10').getByText('Before the cut').waitFor();

  await network.cut();
  const banner = page.getByRole('status').filter({ hasText: 'Connection lost.' });
  await banner.getByText(/This is how it was \d+s ago/).waitFor();
  await Promise.all(
    sessions.map(({ sessionId }, index) =>
      server.admin.sessions.update(sessionId, {
        status: `Meanwhile ${index}`,
        state: index < 7 ? 'blocked' : 'working',
      }),
    ),
  );
  await fleetRow(page, 'worker-10').getByText('Before the cut').waitFor();

  const requests: string[] = [];
  page.on('request', (request) => void requests.push(new URL(request.url()).pathname));
  await network.restore();
  await banner.waitFor({ state: 'detached' });
  await filterButton(page, 'Blocked', 7).waitFor();
  for (const index of [0, 6])
    await fleetRow(page, `worker-${index + 10}`)
      .getByText(`Meanwhile ${index}`)
      .waitFor();
  await page.getByRole('searchbox', { name: 'Search programs' }).fill('Meanwhile');
  await filterButton(page, 'All', 30).waitFor();
  expect(
    await page.getByRole('list', { name: 'Programs' }).getByRole('listitem').first().getAttribute('aria-setsize'),
  ).toBe('30');
  // Caught up by the stream alone: nothing was read again.
  expect(new Set(requests.filter((path) => path.startsWith('/v1/')))).toEqual(new Set(['/v1/events']));
});

test('the installed page starts offline, says that the server is unreachable, and goes on when it is back', async () => {
  await using it = await visit(network.url, { path: await createSignInPath(server) });
  const { page } = it;
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await network.cut();
  await page.reload();
  await page.getByText('The server cannot be reached').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('The server cannot be reached').waitFor();
  await network.restore();
  // By itself: a screen on the wall has nobody who presses the button.
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
});
