/** A phone that rings with the page closed, and the answer given in its notification. */
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  decryptPush,
  generateBrowserKeys,
  type PushServiceStandIn,
  startPushService,
  toPublicKeys,
} from '../support/push-service.ts';
import { runSql } from '../support/sql.ts';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';
import { createSignInPath } from './support/dashboard.ts';

const SOON = { timeout: 20_000, interval: 50 };

const visit = useBrowser();
const server = useTestServer({ environment: { FLEETBEAT_WEBHOOKS_EVERY: '50ms' } });
let service: PushServiceStandIn;
beforeEach(async () => {
  service = await startPushService();
});
afterEach(() => service.close());

/**
 * Chromium subscribes at Google's push service alone, which a test cannot reach: the page gets a subscription of the stand-in
 * instead. What the server sends there is decrypted with its keys, and handed to the service worker as the browser would.
 */
async function subscribeAtStandIn(page: Page) {
  const keys = generateBrowserKeys();
  const subscription = { endpoint: `${service.url}/phone`, keys: toPublicKeys(keys) };
  await page.addInitScript((given) => {
    let active: object | null = null;
    PushManager.prototype.getSubscription = async () => active as never;
    PushManager.prototype.subscribe = async (options) => {
      const key = Uint8Array.from(
        atob(String(options?.applicationServerKey).replaceAll('-', '+').replaceAll('_', '/')),
        (character) => character.charCodeAt(0),
      );
      active = {
        toJSON: () => ({ ...given, expirationTime: null }),
        options: { applicationServerKey: key.buffer },
        unsubscribe: async () => {
          active = null;
          return true;
        },
      };
      return active as never;
    };
  }, subscription);
  return keys;
}

/** What a service worker's global scope has; the types of these tests are those of a page. */
interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly NotificationEvent: new (
    type: string,
    init: { readonly notification: Notification; readonly action: string },
  ) => Event;
  dispatchEvent(event: Event): boolean;
}

const listNotifications = (page: Page) =>
  page
    .context()
    .serviceWorkers()[0]
    ?.evaluate(async () => {
      const { registration } = globalThis as unknown as WorkerScope;
      const shown = await registration.getNotifications();
      return shown.map(({ title, body, tag }) => ({ title, body, tag }));
    });

test('a push rings with the page closed, shows the command, and is answered in the notification', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Release', status: 'Preparing' });
  await using it = await visit(server.url, { path: '/healthz', permissions: ['notifications'] });
  const { page } = it;
  const keys = await subscribeAtStandIn(page);
  await page.goto(new URL(await createSignInPath(server), server.url).href);
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByLabel('Notify me when a session needs attention').check();
  await page.getByLabel('Also when Fleetbeat is closed').click();
  await page.getByLabel('Show what is asked, and answer there').check();
  const readDetails = async () =>
    (await runSql(server.database, 'SELECT showDetails FROM push_subscriptions')).map(({ showDetails }) =>
      Number(showDetails),
    );
  await expect.poll(readDetails, SOON).toEqual([1]);

  // A tab of the browser stays, but none of the dashboard.
  const other = await page.context().newPage();
  await other.goto('about:blank');
  await page.close();
  const { questionId } = await client.questions.ask({
    kind: 'permission',
    title: 'May Bash run this command?',
    details: [{ label: 'Command', value: 'npm publish' }],
  });
  await expect.poll(() => service.received.length, SOON).toBe(1);
  const message = decryptPush(service.received[0]?.body ?? Buffer.alloc(0), keys);

  const devtools = await other.context().newCDPSession(other);
  const registration = new Promise<string>((resolve) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(server.url));
      if (own) resolve(own.registrationId);
    }),
  );
  await devtools.send('ServiceWorker.enable');
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: server.url,
    registrationId: await registration,
    data: message,
  });
  await expect
    .poll(() => listNotifications(other), SOON)
    .toEqual([
      { title: `${programId} asks you`, body: 'May Bash run this command?\nCommand: npm publish', tag: sessionId },
    ]);

  await other
    .context()
    .serviceWorkers()[0]
    ?.evaluate(async () => {
      const worker = globalThis as unknown as WorkerScope;
      const [notification] = await worker.registration.getNotifications();
      if (notification)
        worker.dispatchEvent(new worker.NotificationEvent('notificationclick', { notification, action: '0' }));
    });
  await expect.poll(async () => (await client.questions.get(questionId)).answer?.option, SOON).toBe('allow');
  expect(await listNotifications(other)).toEqual([]);
});

test('push is ended in the settings, and nothing more is sent', async () => {
  const { client } = await server.createProgram();
  await client.sessions.create({ name: 'Release', status: 'Preparing' });
  await using it = await visit(server.url, { path: '/healthz', permissions: ['notifications'] });
  const { page } = it;
  await subscribeAtStandIn(page);
  await page.goto(new URL(await createSignInPath(server), server.url).href);
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByLabel('Notify me when a session needs attention').check();
  const push = page.getByLabel('Also when Fleetbeat is closed');
  await push.click();
  await page.getByLabel('Show what is asked, and answer there').waitFor();
  await push.click();
  await page.getByLabel('Show what is asked, and answer there').waitFor({ state: 'detached' });
  const { subscriptionId } = await page.evaluate(
    () => JSON.parse(localStorage.getItem('fleetbeat.notifications') ?? '{}').push,
  );
  expect(subscriptionId).toBeNull();
  expect(it.errors()).toEqual([]);
});
