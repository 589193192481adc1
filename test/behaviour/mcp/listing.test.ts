import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../../clients/mcp/tools.json' with { type: 'json' };
import { ROLES } from '../../support/callers.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { mcpClients } from '../../support/mcp-clients.ts';

const SEED_NAMES = [
  'create_session',
  'get_fleet_health',
  'get_program_state',
  'list_sessions',
  'update_program_state',
  'update_session',
];

let house: TestHouse;
const keys = new Map<string, string>();
beforeAll(async () => {
  house = await openTestHouse();
  for (const role of ROLES) {
    const { key } = await house.admin.keys.create({ role, ...(role === 'program' && { programId: 'builder' }) });
    keys.set(role, key);
  }
});
afterAll(() => house.close());

/** What the committed manifest offers to a role. */
const offered = (role: string) =>
  manifest.tools.filter(({ roles, byDefault }) => byDefault && ((roles as string[] | null)?.includes(role) ?? true));

describe.each(mcpClients)('$kind', ({ connect }) => {
  const listed = async (role: string) => {
    const client = await connect(house.url, keys.get(role) ?? '');
    const tools = await client.tools();
    await client.close();
    return tools;
  };

  test.each(ROLES)(
    'shows a key of the role %s the tools that it may call, as the manifest describes them',
    async (role) => {
      const tools = await listed(role);
      expect(tools).toEqual(
        offered(role).map(({ name, title, description, inputSchema, outputSchema, annotations }) => ({
          name,
          title,
          description,
          inputSchema,
          outputSchema,
          annotations,
        })),
      );
    },
  );

  test('gives a program everything of the seed but the health of the fleet', async () => {
    const names = (await listed('program')).map((tool) => tool.name);
    expect(names).toEqual(expect.arrayContaining(SEED_NAMES.filter((name) => name !== 'get_fleet_health')));
    expect(names).not.toContain('get_fleet_health');
  });

  test('gives an auditor nothing that writes', async () => {
    const tools = await listed('auditor');
    expect(tools.map((tool) => tool.name)).toContain('get_program_state');
    for (const { name, annotations } of tools)
      expect([name, annotations]).toMatchObject([name, { readOnlyHint: true }]);
  });

  test('gives an admin the health of the fleet, and no writing of state', async () => {
    const names = (await listed('admin')).map((tool) => tool.name);
    expect(names).toContain('get_fleet_health');
    expect(names).not.toContain('update_program_state');
  });
});

test('a tool that is not listed for a key refuses it all the same', async () => {
  const [kind] = mcpClients;
  const client = await kind?.connect(house.url, keys.get('program') ?? '');
  const result = await client?.call('get_fleet_health');
  expect(result).toMatchObject({ isError: true, _meta: { 'fleetbeat/problem': { type: '/problems/forbidden' } } });
  await client?.close();
});

test('a client that asks for a toolset is shown all of it and nothing else', async () => {
  const names = async (toolsets: string) => {
    const client = await mcpClients[0]?.connect(
      `${house.url}`,
      keys.get('operator') ?? '',
      `/mcp?toolsets=${toolsets}`,
    );
    const tools = await client?.tools();
    await client?.close();
    return tools?.map((tool) => tool.name);
  };
  const of = (...toolsets: string[]) =>
    manifest.tools
      .filter((tool) => toolsets.includes(tool.toolset) && (tool.roles as string[]).includes('operator'))
      .map((tool) => tool.name);
  expect(await names('pulse')).toEqual(of('pulse'));
  expect(await names('keys,state')).toEqual(of('keys', 'program-state'));
  expect(await names('all')).toEqual(
    manifest.tools.filter((tool) => (tool.roles as string[]).includes('operator')).map((tool) => tool.name),
  );
});
