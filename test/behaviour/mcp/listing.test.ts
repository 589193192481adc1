import { beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../../clients/mcp/tools.json' with { type: 'json' };
import { ROLES } from '../../support/callers.ts';
import { MCP_CLIENTS } from '../../support/mcp-clients.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const SEED_NAMES = [
  'create_session',
  'get_fleet_health',
  'get_program_state',
  'list_sessions',
  'update_program_state',
  'update_session',
];

/** The fields of every request in revision 2026-07-28. */
const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'fleetbeat-tests', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

const keys = new Map<string, string>();
const server = useTestServer();
beforeAll(async () => {
  for (const role of ROLES) {
    const { key } = await server.admin.keys.create({ role, ...(role === 'program' && { programId: 'builder' }) });
    keys.set(role, key);
  }
});

/** MCP 2025-11-25, `ToolAnnotations`; destructive and idempotent say nothing of a tool that only reads. */
const HINT_DEFAULTS = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true };
type Hints = typeof HINT_DEFAULTS;
const withoutDefaults = (annotations: Hints): Partial<Hints> =>
  Object.fromEntries(
    Object.entries(annotations).filter(([name, value]) =>
      annotations.readOnlyHint && (name === 'destructiveHint' || name === 'idempotentHint')
        ? false
        : value !== HINT_DEFAULTS[name as keyof Hints],
    ),
  );

/** Without the retry key, descriptions of two words, the refusal of unknown arguments, and an empty list of required ones. */
const toLeanSchema = ({ type, required, properties }: { type: string; required: string[]; properties: object }) => {
  const { idempotencyKey: _retryKey, ...listed } = properties as Record<string, { description: string }>;
  const lean = Object.entries(listed).map(([name, { description, ...schema }]) => [
    name,
    description.split(' ').length === 2 ? schema : { ...schema, description },
  ]);
  return { type, properties: Object.fromEntries(lean), ...(required.length > 0 && { required }) };
};

const TOOL_NAMES = manifest.tools.map(({ name }) => name);
const toolsIn = (text: string) => TOOL_NAMES.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
const withoutSentencesAbout = (unlisted: (name: string) => boolean, text: string) =>
  text
    .split('. ')
    .map((sentence, index, all) => (index < all.length - 1 ? `${sentence}.` : sentence))
    .filter((sentence) => !toolsIn(sentence).some(unlisted))
    .join(' ');

/** The tools of the committed manifest for a role. */
const offered = (role: string) =>
  manifest.tools.filter(({ roles, byDefault }) => byDefault && ((roles as string[] | null)?.includes(role) ?? true));

describe.each(MCP_CLIENTS)('$kind', ({ connect }) => {
  const listed = async (role: string, path = '/mcp') => {
    const client = await connect(server.url, keys.get(role) ?? '', path);
    const tools = await client.listTools();
    await client.close();
    return tools;
  };

  const described = (role: string) => {
    const names = offered(role).map(({ name }) => name);
    return offered(role).map(({ name, title, description: whole, inputSchema, outputSchema, annotations }) => {
      const description = withoutSentencesAbout((each) => !names.includes(each), whole);
      return {
        full: { name, title, description, inputSchema, ...(outputSchema && { outputSchema }), annotations },
        lean: { name, description, inputSchema: toLeanSchema(inputSchema), annotations: withoutDefaults(annotations) },
      };
    });
  };

  test.each(ROLES)(
    'lists the tools that the role %s may call, without output schemas, titles and default hints',
    async (role) => {
      expect(await listed(role)).toEqual(described(role).map(({ lean }) => lean));
    },
  );

  test.each(ROLES)('lists the manifest of the role %s on request for full schemas', async (role) => {
    expect(await listed(role, '/mcp?schemas=full')).toEqual(described(role).map(({ full }) => full));
  });

  test('lists the basic tools for a program, without fleet health', async () => {
    const names = (await listed('program')).map((tool) => tool.name);
    expect(names).toEqual(expect.arrayContaining(SEED_NAMES.filter((name) => name !== 'get_fleet_health')));
    expect(names).toEqual(expect.arrayContaining(['create_task', 'release_task']));
    expect(names).not.toContain('get_fleet_health');
  });

  test('lists no writing tools for an auditor', async () => {
    const tools = await listed('auditor');
    expect(tools.map((tool) => tool.name)).toContain('get_program_state');
    for (const { name, annotations } of tools)
      expect([name, annotations]).toMatchObject([name, { readOnlyHint: true }]);
  });

  test('lists fleet health for an admin, and no writing of state', async () => {
    const names = (await listed('admin')).map((tool) => tool.name);
    expect(names).toContain('get_fleet_health');
    expect(names).not.toContain('update_program_state');
  });
});

/** Everything that a model reads of the server before it calls a tool. */
async function readTexts(role: string, path: string) {
  const ask = async (method: string, params: object) => {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${keys.get(role)}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    return JSON.parse((await answer.text()).replace(/^[^{]*/, '')).result;
  };
  const clientInfo = { name: 'fleetbeat-tests', version: '1.0.0' };
  const { instructions } = await ask('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  const { tools } = (await ask('tools/list', {})) as { tools: { name: string }[] };
  const { prompts } = (await ask('prompts/list', {})) as { prompts: { name: string }[] };
  const rendered = prompts.map(({ name }) => ask('prompts/get', { name, arguments: { programId: 'builder' } }));
  const texts = JSON.stringify([instructions, tools, prompts, await Promise.all(rendered)]);
  return { instructions: instructions as string, texts, names: tools.map(({ name }) => name) };
}

describe.each(ROLES)('for a key of the role %s', (role) => {
  test.each(['', '?toolsets=all', '?toolsets=messages', '?toolsets=state&schemas=full', '?toolsets=none'])(
    'nothing at /mcp%s names a tool or an operation that is not listed there',
    async (search) => {
      const { texts, names } = await readTexts(role, `/mcp${search}`);
      expect(toolsIn(texts).filter((name) => !names.includes(name))).toEqual([]);
      const operationIds = manifest.tools.map(({ operationId }) => operationId);
      expect(operationIds.filter((operationId) => new RegExp(`\\b${operationId}\\b`).test(texts))).toEqual([]);
    },
  );
});

test('the instructions fit the role, and ask for no boot where a hook has opened the session', async () => {
  const { instructions } = await readTexts('program', '/mcp');
  expect(toolsIn(instructions)).toEqual(['boot_program', 'update_program_state', 'update_session']);
  expect(instructions).toMatch(/boot_program.*unless a hook/);
  expect(toolsIn((await readTexts('auditor', '/mcp')).instructions)).toEqual([]);
  expect(toolsIn((await readTexts('admin', '/mcp')).instructions)).toContain('get_fleet_health');
});

test('each kind of message is explained', () => {
  const kind = manifest.tools.find(({ name }) => name === 'send_message')?.inputSchema.properties.kind;
  const kinds = kind && 'enum' in kind ? (kind.enum ?? []) : [];
  expect(kinds).toHaveLength(8);
  for (const each of kinds) expect(kind?.description).toContain(`${each}: `);
});

test.each(ROLES)('the listing for a key of the role %s stays within 12 kB', async (role) => {
  for (const [protocolHeaders, params] of [
    [{}, {}],
    [{ 'Mcp-Method': 'tools/list', 'MCP-Protocol-Version': '2026-07-28' }, { _meta: ENVELOPE }],
  ] as const) {
    const answer = await fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${keys.get(role)}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        ...protocolHeaders,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params }),
    });
    const { result } = JSON.parse((await answer.text()).replace(/^[^{]*/, '')) as { result: { tools: unknown[] } };
    expect(result.tools.length).toBeGreaterThan(3);
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThanOrEqual(12_000);
  }
});

test('a tool that is not listed for a key refuses its calls', async () => {
  const [kind] = MCP_CLIENTS;
  const client = await kind?.connect(server.url, keys.get('program') ?? '');
  const result = await client?.callTool('get_fleet_health');
  expect(result).toMatchObject({ isError: true, _meta: { 'fleetbeat/problem': { type: '/problems/forbidden' } } });
  await client?.close();
});

test('a client that requests a toolset gets exactly its tools', async () => {
  const names = async (toolsets: string) => {
    const client = await MCP_CLIENTS[0]?.connect(
      `${server.url}`,
      keys.get('operator') ?? '',
      `/mcp?toolsets=${toolsets}`,
    );
    const tools = await client?.listTools();
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
