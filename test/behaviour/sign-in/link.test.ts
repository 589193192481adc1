import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectProblem } from '../../support/problems.ts';
import { startServerProcess } from '../../support/server-process.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { openWebPage } from '../../support/web-page.ts';

const MINUTE = 60_000;

let testServer: TestServer;
beforeAll(async () => {
  testServer = await startTestServer();
});
afterAll(() => testServer.close());

const createLink = async (from = testServer) => (await from.createSignInLink()) ?? '';
const signInWithLink = (link: string, url = testServer.url) => openWebPage(url).signIn({ link });

test('a link signs in as the operator, once', async () => {
  const link = await createLink();
  const first = await signInWithLink(link);
  expect(JSON.parse(first.text).me).toMatchObject({ role: 'operator', accountId: 'main' });
  expectProblem(await signInWithLink(link), 401);
});

test('of ten simultaneous uses of one link, one signs in', async () => {
  const link = await createLink();
  const answers = await Promise.all(Array.from({ length: 10 }, () => signInWithLink(link)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...new Array(9).fill(401)]);
});

test('a link expires after ten minutes', async () => {
  testServer.clock.stop();
  const [early, late] = [await createLink(), await createLink()];
  testServer.clock.advance(10 * MINUTE - 1);
  expect((await signInWithLink(early)).status).toBe(200);
  testServer.clock.advance(1);
  expectProblem(await signInWithLink(late), 401);
});

test('an unknown link is refused', async () => {
  expectProblem(await signInWithLink('guessed'), 401);
});

test('without any valid operator key links are refused, and none is offered', async () => {
  const own = await startTestServer();
  try {
    const link = await createLink(own);
    const { keyId } = await own.admin.me();
    await own.admin.keys.revoke(keyId);
    expectProblem(await signInWithLink(link, own.url), 401);
    expect(await own.createSignInLink()).toBeNull();
  } finally {
    await own.close();
  }
});

test.each(['0.0.0.0', '::', '192.0.2.7', 'fleet.example'])('a server on %s offers none', async (host) => {
  const open = await startTestServer({ environment: { HOST: host } });
  expect(await open.createSignInLink()).toBeNull();
  await open.close();
});

test('a started server prints a link whose secret stands in the fragment, and writes it into no log line', async () => {
  const server = await startServerProcess({
    DATABASE_URL: 'sqlite::memory:',
    FLEETBEAT_ADMIN_KEY: testServer.adminKey,
    FLEETBEAT_LOG_LEVEL: 'trace',
  });
  try {
    await expect.poll(() => server.output(), { timeout: 30_000 }).toMatch(/#link=/);
    const [, url = '', link = ''] = /(http:\S+)\/#link=(\S+)/.exec(server.output()) ?? [];
    expect(url).toBe(server.url);
    expect((await signInWithLink(link, url)).status).toBe(200);
    await server.waitForLog('request');
    const logged = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(logged.join('\n')).not.toContain(link);
    expect(logged.length).toBeGreaterThan(1);
  } finally {
    await server.kill();
  }
});
