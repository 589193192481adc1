import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';

let house: TestHouse;
const open: Client[] = [];
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(async () => {
  for (const client of open) await client.close();
  await house.close();
});

async function connect(key: string, mode: 'auto' | 'legacy' = 'auto'): Promise<Client> {
  const client = new Client({ name: 'fleetbeat-tests', version: '1.0.0' }, { versionNegotiation: { mode } });
  const requestInit = { headers: { Authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', house.url), { requestInit }));
  open.push(client);
  return client;
}

const read = async (client: Client, uri: string): Promise<unknown> => {
  const [content] = (await client.readResource({ uri })).contents;
  return JSON.parse((content as { text: string }).text);
};

/** What a client is told from now on. */
async function listen(client: Client, ...uris: string[]): Promise<string[]> {
  const told: string[] = [];
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void told.push(params.uri));
  client.setNotificationHandler('notifications/resources/list_changed', () => void told.push('list'));
  await client.listen({ resourceSubscriptions: uris, resourcesListChanged: true });
  return told;
}

async function toldExactly(told: readonly string[], expected: readonly (string | undefined)[]): Promise<void> {
  await eventually(async () => told.length >= expected.length);
  expect(told).toEqual(expected);
}

describe.each(['auto', 'legacy'] as const)('a client in the mode %s', (mode) => {
  test("is shown its program's own state and sessions, and reads what REST answers", async () => {
    const { programId, key, client: rest } = await house.program();
    const { sessionId } = await rest.sessions.create({ name: 'Mine', status: 'Here' });
    await (await house.program()).client.sessions.create({ name: 'Not mine' });
    const client = await connect(key, mode);
    const { resources } = await client.listResources();
    const [state, session] = [`fleetbeat://programs/${programId}/state`, `fleetbeat://sessions/${sessionId}`];
    expect(resources.map(({ uri }) => uri)).toEqual([state, session]);
    expect(await read(client, session)).toEqual(JSON.parse(JSON.stringify(await rest.sessions.get(sessionId))));
    expect(await read(client, 'fleetbeat://sessions/current')).toMatchObject({ sessionId });
    expect(await read(client, state)).toMatchObject({ programId, exists: false });
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'fleetbeat://sessions/{sessionId}',
      'fleetbeat://programs/{programId}/state',
    ]);
  });

  test('is refused what REST refuses, and told what is not there', async () => {
    const other = await house.program();
    const client = await connect((await house.program()).key, mode);
    await expect(client.readResource({ uri: `fleetbeat://programs/${other.programId}/state` })).rejects.toMatchObject({
      code: -32602,
      data: { problem: { type: '/problems/forbidden' } },
    });
    for (const uri of [
      'fleetbeat://sessions/nobody',
      'fleetbeat://nothing',
      'fleetbeat://sessions/a/b',
      'file:///etc',
    ]) {
      await expect(client.readResource({ uri }), uri).rejects.toMatchObject({ code: -32602, data: { uri } });
    }
    for (const uri of ['fleetbeat://sessions/..%2Fme', 'fleetbeat://sessions/%2e%2e']) {
      await expect(client.readResource({ uri }), uri).rejects.toMatchObject({ code: -32602 });
    }
  });

  test('is given prompts for starting and for handing over', async () => {
    const client = await connect((await house.program()).key, mode);
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['boot', 'hand_over']);
    for (const [name, tools] of [
      ['boot', /boot_program.*builder.*update_session/s],
      ['hand_over', /update_program_state.*builder.*handoffRequired/s],
    ] as const) {
      const { messages } = await client.getPrompt({ name, arguments: { programId: 'builder' } });
      expect(messages).toMatchObject([{ role: 'user', content: { text: expect.stringMatching(tools) } }]);
      await expect(client.getPrompt({ name })).rejects.toMatchObject({ code: -32602 });
    }
  });
});

test('a subscriber is told of the changes of what it subscribed to, and of new sessions', async () => {
  const { programId, key, client: rest } = await house.program();
  const { sessionId } = await rest.sessions.create({ name: 'Watched' });
  const [session, state] = [`fleetbeat://sessions/${sessionId}`, `fleetbeat://programs/${programId}/state`];
  const told = await listen(await connect(key), session, state);
  await rest.sessions.update(sessionId, { status: 'Changed' });
  await rest.state.update(programId, { contextSummary: { lastTask: 'Changed' } });
  await rest.sessions.create({ name: 'Another' });
  await toldExactly(told, [session, state, 'list']);
});

test('nobody is told of another tenant, nor a program of what it may not read', async () => {
  const { programId, key, client: rest } = await house.program();
  const [tenant, other] = [await house.account('unlimited'), await house.program()];
  const uris = (program: string) => ['fleetbeat://sessions/same', `fleetbeat://programs/${program}/state`];
  const [own, foreign, neighbour] = [
    await listen(await connect(key), ...uris(programId)),
    await listen(await connect(tenant.key), ...uris(programId)),
    await listen(await connect(other.key), `fleetbeat://programs/${programId}/state`, 'fleetbeat://sessions/last'),
  ];
  await rest.sessions.create({ name: 'Same', sessionId: 'same' });
  await rest.state.update(programId, { contextSummary: { lastTask: 'Secret' } });
  await rest.sessions.create({ name: 'Last', sessionId: 'last' });
  await tenant.client.sessions.create({ name: 'The end', sessionId: 'the-end' });
  await toldExactly(own, ['fleetbeat://sessions/same', 'list', uris(programId)[1], 'list']);
  await toldExactly(neighbour, ['list', 'fleetbeat://sessions/last', 'list']);
  await toldExactly(foreign, ['list']);
});
