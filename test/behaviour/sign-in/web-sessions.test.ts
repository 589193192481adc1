import { describe, expect, test } from 'vitest';
import { startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { openWebPage } from '../../support/web-page.ts';

const MAX = 20;
const server = useTestServer({ stopClock: true });

async function signIn(key: string) {
  const page = openWebPage(server.url);
  expect((await page.signIn({ key })).status).toBe(200);
  // Web sessions of one millisecond have no order.
  server.clock.advance(1);
  return page;
}
type WebPage = Awaited<ReturnType<typeof signIn>>;
const readStatus = async (page: WebPage) => (await page.request('GET', '/v1/me')).status;
const listOwn = async (page: WebPage) =>
  JSON.parse((await page.request('GET', '/v1/web-sessions?limit=50')).text).webSessions as readonly {
    webSessionId: string;
    current: boolean;
  }[];

describe('web sessions are listed', () => {
  test('those of the key, the newest first, with the one that asks', async () => {
    const { key } = await server.admin.keys.create({ role: 'auditor' });
    const [first, second] = [await signIn(key), await signIn(key)];
    expect((await listOwn(first)).map(({ current }) => current)).toEqual([false, true]);
    expect((await listOwn(second)).map(({ current }) => current)).toEqual([true, false]);
    const { webSessions } = await server.client(key).webSessions.list();
    expect(webSessions.map(({ current }) => current)).toEqual([false, false]);
    const text = JSON.stringify(webSessions);
    for (const page of [first, second]) expect(text).not.toContain(page.cookie()?.value);
  });

  test('those of the account for admins only, and never those of another account', async () => {
    const { client: admin, key: adminKey } = await server.createAccount('unlimited');
    const program = await admin.keys.create({ programId: 'builder' });
    for (const key of [program.key, adminKey, server.adminKey]) await signIn(key);
    const keyIds: string[] = [];
    for await (const { keyId } of admin.webSessions.all({ scope: 'account', limit: 1 })) keyIds.push(keyId);
    expect(keyIds).toEqual([(await admin.me()).keyId, program.keyId]);
    const forbidden = { status: 403, kind: 'forbidden' };
    await expect(server.client(program.key).webSessions.list({ scope: 'account' })).rejects.toMatchObject(forbidden);
  });

  test('until they have expired or nobody has used them for too long', async () => {
    const own = await startTestServer({
      environment: { FLEETBEAT_WEB_SESSION_IDLE: '1h', FLEETBEAT_WEB_SESSION_MAX: '2h' },
    });
    try {
      own.clock.stop();
      await openWebPage(own.url).signIn({ key: own.adminKey });
      own.clock.advance(3_600_000);
      expect((await own.admin.webSessions.list()).webSessions).toHaveLength(1);
      own.clock.advance(1);
      expect((await own.admin.webSessions.list()).webSessions).toEqual([]);
    } finally {
      await own.close();
    }
  });
});

describe('one web session is ended', () => {
  test('by its own key, and the others go on', async () => {
    const { key, keyId } = await server.admin.keys.create({ programId: 'ender' });
    const [first, second] = [await signIn(key), await signIn(key)];
    const [, oldest] = await listOwn(second);
    const { status } = await second.request('DELETE', `/v1/web-sessions/${oldest?.webSessionId}`);
    expect(status).toBe(204);
    expect([await readStatus(first), await readStatus(second)]).toEqual([401, 200]);
    const { audit } = await server.admin.audit.list({ action: 'endWebSession' });
    expect(audit[0]).toMatchObject({ keyId, subject: keyId, outcome: 'done' });
    await expect(server.client(key).webSessions.end(oldest?.webSessionId ?? '')).rejects.toMatchObject({
      status: 404,
      kind: 'web-session-not-found',
    });
  });

  test('by an admin of its account; to any other key it is not there', async () => {
    const { client: admin } = await server.createAccount('unlimited');
    const program = await admin.keys.create({ programId: 'builder' });
    const auditor = await admin.keys.create({ role: 'auditor' });
    const page = await signIn(program.key);
    const id = (await listOwn(page))[0]?.webSessionId ?? '';
    const notFound = { status: 404, kind: 'web-session-not-found' };
    await expect(server.client(auditor.key).webSessions.end(id)).rejects.toMatchObject(notFound);
    await expect(server.admin.webSessions.end(id)).rejects.toMatchObject(notFound);
    await admin.webSessions.end(id);
    expect(await readStatus(page)).toBe(401);
  });

  test("an operator's only by an operator, one by one and all together", async () => {
    const operator = await server.admin.keys.create({ role: 'operator' });
    const { key } = await server.admin.keys.create({ role: 'admin' });
    const admin = server.client(key);
    const [ofOperator, ofAdmin] = [await signIn(operator.key), await signIn(key)];
    const id = (await listOwn(ofOperator))[0]?.webSessionId ?? '';
    await expect(admin.webSessions.end(id)).rejects.toMatchObject({ status: 403, kind: 'forbidden' });
    await admin.signOutEverywhere('account');
    expect([await readStatus(ofOperator), await readStatus(ofAdmin)]).toEqual([200, 401]);
    await server.admin.webSessions.end(id);
    expect(await readStatus(ofOperator)).toBe(401);
    const again = await signIn(operator.key);
    await server.admin.signOutEverywhere('account');
    expect(await readStatus(again)).toBe(401);
  });
});

test('a key has at most 20 web sessions: one more ends the oldest, and no other key is touched', async () => {
  const { key } = await server.admin.keys.create({ role: 'auditor' });
  const other = await signIn(server.adminKey);
  const pages: WebPage[] = [];
  for (let count = 0; count < MAX + 2; count += 1) pages.push(await signIn(key));
  const statuses: number[] = [];
  for (const page of pages) statuses.push(await readStatus(page));
  expect(statuses).toEqual([401, 401, ...new Array(MAX).fill(200)]);
  expect(await readStatus(other)).toBe(200);
  expect((await server.client(key).webSessions.list({ limit: 50 })).webSessions).toHaveLength(MAX);
});

test('of many sign-ins at once no more than 20 remain', async () => {
  const { key } = await server.admin.keys.create({ role: 'auditor' });
  await Promise.all(Array.from({ length: MAX + 5 }, () => openWebPage(server.url).signIn({ key })));
  expect((await server.client(key).webSessions.list({ limit: 50 })).webSessions).toHaveLength(MAX);
});
