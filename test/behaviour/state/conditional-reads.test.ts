import { describe, expect, test } from 'vitest';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { runSql } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 86_400_000;

const server = useTestServer({ stopClock: true });

const seedPattern = { id: 'p-1', domain: 'auth', pattern: 'Check expiry' };
const at = (ms: number) => encodeURIComponent(new Date(ms).toISOString());

/** A program that has written its state twice. */
async function written() {
  const program = await server.createProgram();
  await program.client.state.update(program.programId, { learnedPatterns: [seedPattern] });
  await program.client.state.update(program.programId, { contextSummary: { lastTask: 'Second' } });
  return program;
}

const ask = (key: string, programId: string, ifNoneMatch: string, { method = 'GET', query = '' } = {}) =>
  sendRaw(server.url, {
    method,
    path: `/v1/programs/${programId}/state${query}`,
    headers: { ...bearer(key), 'if-none-match': ifNoneMatch },
  });

test('a reader that has the version already gets 304, its ETag and no body, until something is written', async () => {
  const { programId, key, client } = await written();
  const unchanged = await ask(key, programId, '"2"');
  expect(unchanged).toMatchObject({ status: 304, text: '', headers: { etag: '"2"', 'cache-control': 'no-store' } });
  expect(unchanged.headers).not.toHaveProperty('content-type');
  await client.patterns.reinforce(programId, 'p-1');
  const changed = await ask(key, programId, '"2"');
  expect([changed.status, changed.headers['etag']]).toEqual([200, '"3"']);
  expect(JSON.parse(changed.text)).toEqual(await client.state.read(programId));
});

test.each([
  ['W/"2"', 304],
  ['"1", W/"2", "3"', 304],
  ['"a,b", ,"2"', 304],
  ['*', 304],
  ['"1"', 200],
  ['"3"', 200],
  ['"02"', 200],
  ['"2-gzip"', 200],
  ['""', 200],
])('to If-None-Match %s at version 2 the answer is %i', async (ifNoneMatch, status) => {
  const { programId, key } = await written();
  expect(await ask(key, programId, ifNoneMatch)).toMatchObject({ status, headers: { etag: '"2"' } });
});

test.each(['2', 'W/2', 'w/"2"', '"2', '"1" "2"', '*, "2"', ''])('If-None-Match of the form %j is 400', async (text) => {
  const { programId, key } = await written();
  const refused = await ask(key, programId, text);
  expect(refused.status).toBe(400);
  expect(JSON.parse(refused.text).errors).toMatchObject([{ in: 'header', pointer: '#/if-none-match' }]);
});

test('before the first write the version is 0, and * stands for nothing', async () => {
  const { programId, key } = await server.createProgram();
  expect((await ask(key, programId, '"0"')).status).toBe(304);
  const first = await ask(key, programId, '*');
  expect([first.status, JSON.parse(first.text).exists]).toEqual([200, false]);
});

test('HEAD is answered as GET is, without a body', async () => {
  const { programId, key } = await written();
  for (const [ifNoneMatch, status] of [
    ['"2"', 304],
    ['"1"', 200],
  ] as const) {
    const answer = await ask(key, programId, ifNoneMatch, { method: 'HEAD' });
    expect(answer).toMatchObject({ status, text: '', headers: { etag: '"2"' } });
  }
});

test('aging alone is no new version', async () => {
  const { programId, key, client } = await written();
  const fresh = await client.state.read(programId);
  server.clock.advance(31 * DAY);
  const aged = await client.state.read(programId);
  expect([fresh.contextSummaryExpired, fresh.learnedPatterns[0]?.stale]).toEqual([false, false]);
  expect([aged.contextSummaryExpired, aged.learnedPatterns[0]?.stale]).toEqual([true, true]);
  expect((await ask(key, programId, '"2"')).status).toBe(304);
});

test('an export that would be the same is 304 too', async () => {
  const { programId, key, client } = await written();
  const exported = (ifNoneMatch: string) =>
    sendRaw(server.url, {
      method: 'GET',
      path: `/v1/programs/${programId}/state/export`,
      headers: { ...bearer(key), 'if-none-match': ifNoneMatch },
    });
  expect(await exported('"2"')).toMatchObject({ status: 304, text: '', headers: { etag: '"2"' } });
  await client.state.update(programId, { config: { knownQuirks: ['slow disk'] } });
  const changed = await exported('"2"');
  expect([changed.status, JSON.parse(changed.text)]).toEqual([200, await client.state.export(programId)]);
});

test('with asOf the version that held then is compared', async () => {
  const { programId, key, client } = await server.createProgram();
  const before = server.clock.now() - 1;
  await client.state.update(programId, { config: {} });
  const first = server.clock.now();
  server.clock.advance(1_000);
  await client.state.update(programId, { config: { knownQuirks: ['slow disk'] } });
  const then = (ifNoneMatch: string, ms: number) => ask(key, programId, ifNoneMatch, { query: `?asOf=${at(ms)}` });
  expect(await then('"1"', first)).toMatchObject({ status: 304, headers: { etag: '"1"' } });
  expect(await then('"2"', first)).toMatchObject({ status: 200, headers: { etag: '"1"' } });
  expect(await then('"2"', first + 1_000)).toMatchObject({ status: 304, headers: { etag: '"2"' } });
  expect(await then('"0"', before)).toMatchObject({ status: 304, headers: { etag: '"0"' } });
  expect((await then('*', before)).status).toBe(200);
});

describe('who has the version already', () => {
  test('is refused as every other reader is', async () => {
    const [{ programId }, stranger] = [await written(), await server.createProgram()];
    expect((await ask('fb_nobody_0123456789abcdef', programId, '"2"')).status).toBe(401);
    expect((await ask(stranger.key, programId, '"2"')).status).toBe(403);
    const { audit } = await server.admin.audit.list({ outcome: 'denied', limit: 1 });
    expect(audit).toMatchObject([{ action: 'getProgramState', subject: programId }]);
    const missing = await ask(server.adminKey, 'nobody', '"0"');
    expect([missing.status, JSON.parse(missing.text).type]).toEqual([404, '/problems/program-not-found']);
  });

  test('has looked: at another program that is in the audit, once', async () => {
    const { programId } = await written();
    const auditor = await server.admin.keys.create({ role: 'auditor' });
    for (const ifNoneMatch of ['"2"', '"2"', '"1"'])
      expect((await ask(auditor.key, programId, ifNoneMatch)).status).toBeLessThan(400);
    const { audit } = await server.admin.audit.list({ keyId: auditor.keyId });
    expect(audit).toMatchObject([{ action: 'getProgramState', subject: programId, outcome: 'done' }]);
  });

  test('is answered without reading the stored state', async () => {
    const { programId, key } = await written();
    // Whoever loads it fails: it is no JSON any more.
    await runSql(server.database, "UPDATE program_states SET contextSummary = '{' WHERE programId = ?", [programId]);
    expect((await ask(key, programId, '"1"')).status).toBe(500);
    expect((await ask(key, programId, '"2"')).status).toBe(304);
  });
});
