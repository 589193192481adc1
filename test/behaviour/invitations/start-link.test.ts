import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectProblem } from '../../support/problems.ts';
import { startServerProcess } from '../../support/server-process.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { openWebPage } from '../../support/web-page.ts';

let testServer: TestServer;
beforeAll(async () => {
  testServer = await startTestServer();
});
afterAll(() => testServer.close());

const createCode = async (from = testServer) => (await from.createOperatorInvitation()) ?? '';
const signInWithCode = (invitation: string, url = testServer.url) => openWebPage(url).signIn({ invitation });

test('the link of a start signs in as the operator, once', async () => {
  const code = await createCode();
  const first = await signInWithCode(code);
  expect(JSON.parse(first.text).signedIn.me).toMatchObject({ role: 'operator', accountId: 'main' });
  expectProblem(await signInWithCode(code), 410);
});

test('without any valid operator key the link is refused, and none is offered', async () => {
  const own = await startTestServer();
  try {
    const code = await createCode(own);
    const { keyId } = await own.admin.me();
    await own.admin.keys.revoke(keyId);
    expectProblem(await signInWithCode(code, own.url), 410);
    expect(await own.createOperatorInvitation()).toBeNull();
  } finally {
    await own.close();
  }
});

test.each(['0.0.0.0', '::', '192.0.2.7', 'fleet.example'])('a server on %s offers none', async (host) => {
  const open = await startTestServer({ environment: { HOST: host } });
  expect(await open.createOperatorInvitation()).toBeNull();
  await open.close();
});

test('a started server prints a link whose code stands in the fragment, and writes it into no log line', async () => {
  const server = await startServerProcess({
    DATABASE_URL: 'sqlite::memory:',
    FLEETBEAT_ADMIN_KEY: testServer.adminKey,
    FLEETBEAT_LOG_LEVEL: 'trace',
  });
  try {
    await expect.poll(() => server.output(), { timeout: 30_000 }).toMatch(/#link=/);
    const [, url = '', code = ''] = /(http:\S+)\/#link=(\S+)/.exec(server.output()) ?? [];
    expect(url).toBe(server.url);
    expect((await signInWithCode(code, url)).status).toBe(200);
    await server.waitForLog('request');
    const logged = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(logged.join('\n')).not.toContain(code);
    expect(logged.length).toBeGreaterThan(1);
  } finally {
    await server.kill();
  }
});
