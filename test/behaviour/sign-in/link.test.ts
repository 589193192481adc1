import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { expectProblem } from '../../support/problems.ts';
import { startServer } from '../../support/server-process.ts';
import { openPage } from '../../support/web-page.ts';

const MINUTE = 60_000;

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const offered = async (from = house) => (await from.offerLink()) ?? '';
const visit = (link: string, url = house.url) => openPage(url).signIn({ link });

test('a link signs in as the operator, once', async () => {
  const link = await offered();
  const first = await visit(link);
  expect(JSON.parse(first.text).me).toMatchObject({ role: 'operator', accountId: 'main' });
  expectProblem(await visit(link), 401);
});

test('of ten visits at once with one link, one signs in', async () => {
  const link = await offered();
  const answers = await Promise.all(Array.from({ length: 10 }, () => visit(link)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...new Array(9).fill(401)]);
});

test('a link is good for ten minutes', async () => {
  house.clock.stop();
  const [early, late] = [await offered(), await offered()];
  house.clock.advance(10 * MINUTE - 1);
  expect((await visit(early)).status).toBe(200);
  house.clock.advance(1);
  expectProblem(await visit(late), 401);
});

test('a link that nobody offered is refused', async () => {
  expectProblem(await visit('guessed'), 401);
});

test('a link is worth nothing once every operator key is revoked, and none is offered', async () => {
  const own = await openTestHouse();
  try {
    const link = await offered(own);
    const { keyId } = await own.admin.me();
    await own.admin.keys.revoke(keyId);
    expectProblem(await visit(link, own.url), 401);
    expect(await own.offerLink()).toBeNull();
  } finally {
    await own.close();
  }
});

test.each(['0.0.0.0', '::', '192.0.2.7', 'fleet.example'])('a server on %s offers none', async (host) => {
  const open = await openTestHouse({ environment: { HOST: host } });
  expect(await open.offerLink()).toBeNull();
  await open.close();
});

test('a started server prints a link whose secret stands in the fragment, and writes it into no log line', async () => {
  const server = await startServer({
    DATABASE_URL: 'sqlite::memory:',
    FLEETBEAT_ADMIN_KEY: house.adminKey,
    FLEETBEAT_LOG_LEVEL: 'trace',
  });
  try {
    await expect.poll(() => server.output(), { timeout: 30_000 }).toMatch(/#link=/);
    const [, url = '', link = ''] = /(http:\S+)\/#link=(\S+)/.exec(server.output()) ?? [];
    expect(url).toBe(server.url);
    expect((await visit(link, url)).status).toBe(200);
    await server.logged('request');
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
