import { beforeAll, expect, test } from 'vitest';
import { MCP_CLIENTS } from '../../support/mcp-clients.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const CALLS = 200;
const SAME_NAME = 'builder';

/** Two tenants with two programs each, and the same names in all of them. */
const callers: { accountId: string; programId: string; key: string; secret: string }[] = [];
const server = useTestServer();
beforeAll(async () => {
  for (const admin of [server.admin, (await server.createAccount('unlimited')).client]) {
    const { accountId } = await admin.me();
    for (const programId of [SAME_NAME, 'reviewer']) {
      const { key } = await admin.keys.create({ programId });
      const secret = `${accountId} ${programId}`;
      await server.client(key).sessions.create({ name: secret, sessionId: `${programId}-1` });
      await server.client(key).state.update(programId, { contextSummary: { lastTask: secret } });
      callers.push({ accountId, programId, key, secret });
    }
  }
});

const getCaller = (index: number) => callers[index % callers.length] ?? expect.fail('there are callers');

test.each(MCP_CLIENTS)('$kind: 200 concurrent calls by two tenants get their own results', async ({ connect }) => {
  const clients = await Promise.all(callers.map(({ key }) => connect(server.url, key)));
  const answers = await Promise.all(
    Array.from({ length: CALLS }, async (_, index) => {
      const { programId, secret } = getCaller(index);
      const client = clients[index % clients.length];
      const kind = Math.floor(index / callers.length) % 4;
      if (kind === 0) return [await client?.callTool('who_am_i'), { programId, accountId: getCaller(index).accountId }];
      if (kind === 1) return [await client?.callTool('get_session', { sessionId: `${programId}-1` }), { name: secret }];
      if (kind === 2) {
        return [await client?.callTool('get_program_state', { programId }), { contextSummary: { lastTask: secret } }];
      }
      const status = `${secret} ${index}`;
      return [await client?.callTool('update_session', { status }), { name: secret, status }];
    }),
  );
  for (const [result, own] of answers) expect(result).toMatchObject({ structuredContent: own });
  await Promise.all(clients.map((client) => client.close()));
});

test("concurrent requests with the same id never get each other's response", async () => {
  const answers = await Promise.all(
    Array.from({ length: CALLS }, async (_, index) => {
      const answer = await fetch(`${server.url}/mcp`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${getCaller(index).key}`,
          'Content-Type': 'application/json',
          Accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'get_session' } }),
      });
      return answer.text();
    }),
  );
  for (const [index, text] of answers.entries()) {
    const own = getCaller(index).secret;
    expect(text).toContain(own);
    for (const { secret } of callers) if (secret !== own) expect(text).not.toContain(secret);
  }
});

test("tenants cannot see each other's data", async () => {
  const [mine, theirs] = [getCaller(0), getCaller(2)];
  expect(mine.programId).toBe(theirs.programId);
  expect(mine.accountId).not.toBe(theirs.accountId);
  for (const { key, accountId } of [mine, theirs]) {
    const { sessions } = await server.client(key).sessions.list({ limit: 50 });
    expect(sessions.map((session) => session.name).sort()).toEqual([`${accountId} builder`, `${accountId} reviewer`]);
  }
});
