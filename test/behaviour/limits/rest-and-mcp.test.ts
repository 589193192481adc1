import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MCP_CLIENTS, type McpClient, parseJsonContent } from '../../support/mcp-clients.ts';
import { requestStatuses, sendRequest, startRateLimitedServer } from '../../support/rate-limited-server.ts';
import type { TestServer } from '../../support/test-server.ts';

const READS = 120;

let server: TestServer;
beforeAll(async () => {
  server = await startRateLimitedServer();
});
afterAll(() => server.close());

const spent = { type: '/problems/too-many-requests', status: 429, retryAfterSeconds: expect.any(Number) };

/** How many calls succeed until one is refused. */
async function callsUntilRefused(client: McpClient, name: string, given: Record<string, unknown>): Promise<number> {
  for (let count = 0; ; count += 1) {
    if ((await client.callTool(name, given)).isError) return count;
  }
}

describe.each(MCP_CLIENTS)('with $kind', ({ connect, protocolRevision }) => {
  /** What connecting costs: it is asked what the server is, or told so, and the tools are listed. */
  const connecting = protocolRevision === '2026-07-28' ? 2 : 3;

  test('a tool call costs what the same request costs through REST, once, out of one budget; every other message is a read', async () => {
    const { key } = await server.createAccount('free');
    const mcp = await connect(server.url, key);
    expect(await requestStatuses(server.url, READS / 2, { key })).toEqual(new Array(READS / 2).fill(200));
    expect(await callsUntilRefused(mcp, 'who_am_i', {})).toBe(READS / 2 - connecting);
    expect((await sendRequest(server.url, { key })).status).toBe(429);
    const refusal = await mcp.callTool('who_am_i');
    expect(refusal).toMatchObject({ isError: true, _meta: { 'fleetbeat/problem': spent } });
    expect(parseJsonContent(refusal)).toMatchObject(spent);
    await mcp.close();
  });
});

test('a listing beyond the budget is refused as REST refuses', async () => {
  const { key } = await server.createAccount('free');
  expect(await requestStatuses(server.url, READS, { key })).toEqual(new Array(READS).fill(200));
  const answer = await fetch(`${server.url}/mcp`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([429, 'application/problem+json']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await answer.json()).toMatchObject(spent);
});

test('state writes through REST and MCP share one budget of the program', async () => {
  const { client } = await server.createAccount('pro');
  const { key } = await client.keys.create({ programId: 'builder' });
  const [first] = MCP_CLIENTS;
  if (!first) throw new Error('There is no MCP client');
  const mcp = await first.connect(server.url, key);
  const update = { contextSummary: { lastTask: 'Through both doors' } };
  for (let count = 0; count < 5; count += 1)
    await server.client(key).state.update('builder', { contextSummary: { lastTask: `Step ${count}` } });
  expect(await callsUntilRefused(mcp, 'update_program_state', { programId: 'builder', ...update })).toBe(5);
  const refusal = server.client(key).state.update('builder', update);
  await expect(refusal).rejects.toMatchObject({ status: 429, kind: 'too-many-requests' });
  // Of the five through MCP the first changes something: the others count too, and make no version.
  expect((await server.client(key).state.read('builder')).version).toBe(6);
  await mcp.close();
});
