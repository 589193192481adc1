import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';

const STRICT = { FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'false', FLEETBEAT_WEBHOOKS_EVERY: '20ms' };
const SOON = { timeout: 30_000, interval: 10 };

let strict: TestServer;
let receiver: WebhookReceiver;
beforeAll(async () => {
  strict = await startTestServer({ environment: STRICT });
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await receiver.close();
  await strict.close();
});

const create = (server: TestServer, url: string) => server.admin.webhooks.create({ url, types: ['task.created'] });

test.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://127.0.0.1./',
  'https://0.0.0.0/',
  'https://10.1.2.3/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::]/',
  'https://[::1]/',
  'https://[::127.0.0.1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[fd00:ec2::254]/',
  'https://[fe80::1]/',
  'https://[2002:7f00:1::]/',
  'https://localhost/',
  'https://LOCALHOST:8443/',
  'https://localhost./',
  'https://api.localhost/',
  'https://printer.local/',
  'https://build.internal/',
  'https://Build.INTERNAL./',
  'https://nas.home.arpa/',
  'https://intranet/',
])('%s is refused: it is no public address', async (url) => {
  const refusal = { status: 400, kind: 'invalid-request', problem: { errors: [{ in: 'body', pointer: '#/url' }] } };
  await expect(create(strict, url)).rejects.toMatchObject(refusal);
});

test.each(['http://93.184.215.14/', 'https://user:secret@93.184.215.14/', 'https://user@93.184.215.14/'])(
  '%s is refused',
  async (url) => {
    await expect(create(strict, url)).rejects.toMatchObject({ status: 400 });
  },
);

test('a port other than 443 and 8443 is refused unless the operator allows it', async () => {
  for (const port of [22, 80, 6379, 8080]) {
    const refusal = create(strict, `https://93.184.215.14:${port}/`);
    await expect(refusal).rejects.toMatchObject({ status: 400, problem: { errors: [{ pointer: '#/url' }] } });
  }
  const environment = { ...STRICT, FLEETBEAT_WEBHOOK_PORTS: '9443, 443' };
  const open = await startTestServer({ database: strict.database, environment });
  const client = open.client(strict.adminKey);
  const types = ['task.created' as const];
  const { webhookId } = await client.webhooks.create({ url: 'https://93.184.215.14:9443/', types });
  await expect(client.webhooks.create({ url: 'https://93.184.215.14:8443/', types })).rejects.toMatchObject({
    status: 400,
  });
  // A setting that was taken back holds for webhooks that exist.
  const { attempts } = await strict.admin.webhooks.test(webhookId);
  expect(attempts).toMatchObject([{ status: null, error: 'The URL must have one of the ports 443, 8443.' }]);
  await strict.admin.webhooks.remove(webhookId);
  await open.close();
});

test('where private addresses are allowed, loopback alone may have another port, and none of a well-known service', async () => {
  const lenient = await startTestServer();
  const refused = [
    'http://127.0.0.1:25/',
    'http://127.0.0.1/',
    'https://10.0.0.1:22/',
    'http://10.0.0.1:6379/',
    'http://192.168.1.1:9200/',
    'http://[fd00::1]:8080/',
    'http://169.254.169.254:8080/',
    'https://93.184.215.14:8080/',
  ];
  for (const url of refused)
    expect([url, await create(lenient, url).catch(({ status }) => status)]).toEqual([url, 400]);
  for (const url of ['http://127.0.0.1:8080/', 'http://[::1]:8080/', 'http://localhost:8080/'])
    await create(lenient, url);
  await create(lenient, 'https://10.0.0.1/');
  await create(lenient, 'https://93.184.215.14:8443/');
  const environment = { FLEETBEAT_WEBHOOK_PORTS: '25, 8080' };
  const open = await startTestServer({ database: lenient.database, environment });
  for (const url of ['http://127.0.0.1:25/', 'http://10.0.0.1:8080/'])
    await open.client(lenient.adminKey).webhooks.create({ url, types: ['task.created'] });
  await open.close();
  await lenient.close();
});

test.each(['https://93.184.215.14/hook', 'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:8443/hook?a=b'])(
  '%s is allowed, and a change of it is looked at too',
  async (url) => {
    const { webhookId } = await create(strict, url);
    const change = strict.admin.webhooks.update(webhookId, { url: 'https://10.0.0.1/' });
    await expect(change).rejects.toMatchObject({ status: 400 });
    expect(await strict.admin.webhooks.get(webhookId)).toMatchObject({ url });
    await strict.admin.webhooks.remove(webhookId);
  },
);

test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'])(
  'an address that has become private (%s) is refused again when it is connected to',
  async (host) => {
    const lenient = await startTestServer({
      database: strict.database,
      environment: { FLEETBEAT_WEBHOOKS_EVERY: '1d' },
    });
    const { webhookId } = await lenient.client(strict.adminKey).webhooks.create({
      url: receiver.url.replace('127.0.0.1', host),
      types: ['task.created'],
    });
    const delivery = await strict.admin.webhooks.test(webhookId);
    expect(delivery).toMatchObject({ state: 'failed', attempts: [{ status: null }] });
    expect(delivery.attempts[0]?.error).toBe('The host leads to an address that is not public.');
    await strict.admin.keys.create({ programId: 'builder' });
    await strict.admin.tasks.create({ title: 'Work', target: 'builder' });
    const waiting = () => strict.admin.webhooks.deliveries(webhookId, { state: 'pending' });
    await expect.poll(async () => (await waiting()).deliveries[0]?.attempts.length, SOON).toBe(1);
    expect(receiver.received).toEqual([]);
    await strict.admin.webhooks.remove(webhookId);
    await lenient.close();
  },
);
