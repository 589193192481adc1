import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestHouse } from '../../support/house.ts';
import { ask, openLimitedHouse, statuses } from '../../support/limited.ts';
import { jsonOf, type McpClient, mcpClients } from '../../support/mcp-clients.ts';

const READS = 120;

let house: TestHouse;
beforeAll(async () => {
  house = await openLimitedHouse();
});
afterAll(() => house.close());

const spent = { type: '/problems/too-many-requests', status: 429, retryAfterSeconds: expect.any(Number) };

/** How many calls succeed until one is refused. */
async function callsUntilRefused(client: McpClient, name: string, given: Record<string, unknown>): Promise<number> {
  for (let count = 0; ; count += 1) {
    if ((await client.call(name, given)).isError) return count;
  }
}

describe.each(mcpClients)('with $kind', ({ connect }) => {
  test('a tool call costs what the same request costs through REST, once, out of one budget', async () => {
    const { key } = await house.account('free');
    const mcp = await connect(house.url, key);
    expect(await statuses(house.url, READS / 2, { key })).toEqual(new Array(READS / 2).fill(200));
    expect(await callsUntilRefused(mcp, 'who_am_i', {})).toBe(READS / 2);
    expect((await ask(house.url, { key })).status).toBe(429);
    const refusal = await mcp.call('who_am_i');
    expect(refusal).toMatchObject({ isError: true, _meta: { 'fleetbeat/problem': spent } });
    expect(jsonOf(refusal)).toMatchObject(spent);
    await mcp.close();
  });
});

test('state writes through both doors come out of one budget of the program', async () => {
  const { client } = await house.account('pro');
  const { key } = await client.keys.create({ programId: 'builder' });
  const [first] = mcpClients;
  if (!first) throw new Error('There is no MCP client');
  const mcp = await first.connect(house.url, key);
  const update = { contextSummary: { lastTask: 'Through both doors' } };
  for (let count = 0; count < 5; count += 1) await house.client(key).state.update('builder', update);
  expect(await callsUntilRefused(mcp, 'update_program_state', { programId: 'builder', ...update })).toBe(5);
  const refusal = house.client(key).state.update('builder', update);
  await expect(refusal).rejects.toMatchObject({ status: 429, kind: 'too-many-requests' });
  expect((await house.client(key).state.read('builder')).version).toBe(10);
  await mcp.close();
});
