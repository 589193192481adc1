import { describe, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { MCP_CLIENTS, parseJsonContent } from '../../support/mcp-clients.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const notFound = { status: 404, kind: 'task-not-found' };

/** Three programs of one account, each with a live session, and tasks between them. */
async function createFleet() {
  const { client: admin } = await server.createAccount('unlimited');
  const createAgent = async (programId: string) => {
    const { key } = await admin.keys.create({ programId });
    const client = server.client(key);
    await client.sessions.create({ name: programId, sessionId: randomName(programId) });
    return { key, client };
  };
  const [builder, reviewer, stranger] = [
    await createAgent('builder'),
    await createAgent('reviewer'),
    await createAgent('stranger'),
  ];
  const create = async (by: Fleetbeat, title: string, target: string) =>
    (await by.tasks.create({ title, target, instructions: `The token is ${title}` })).taskId;
  const taskIds = {
    fromAdmin: await create(admin, 'fromAdmin', 'reviewer'),
    fromBuilder: await create(builder.client, 'fromBuilder', 'reviewer'),
    forAll: await create(admin, 'forAll', '*'),
    fromStranger: await create(stranger.client, 'fromStranger', 'builder'),
  };
  return { admin, builder, reviewer, stranger, taskIds };
}

const listTitles = async (client: Fleetbeat, query: Parameters<Fleetbeat['tasks']['list']>[0] = {}) => {
  const titles: string[] = [];
  // One for each page: the filter comes before the limit.
  for await (const { title } of client.tasks.all({ state: 'all', limit: 1, ...query })) titles.push(title);
  return titles.sort();
};

test('a program reads tasks for it or for all, and those that it made; others are not there', async () => {
  const { admin, builder, reviewer, stranger, taskIds } = await createFleet();
  const visible: Record<string, string[]> = {};
  for (const [name, client] of Object.entries({
    admin,
    builder: builder.client,
    reviewer: reviewer.client,
    stranger: stranger.client,
  })) {
    const reads = Object.entries(taskIds).map(async ([title, taskId]) => {
      const read = await client.tasks.get(taskId).catch((error) => error);
      if (read.title !== title) expect(read).toMatchObject(notFound);
      return read.title === title ? [title] : [];
    });
    visible[name] = (await Promise.all(reads)).flat().sort();
    expect([name, await listTitles(client)]).toEqual([name, visible[name]]);
  }
  expect(visible).toEqual({
    admin: ['forAll', 'fromAdmin', 'fromBuilder', 'fromStranger'],
    builder: ['forAll', 'fromBuilder', 'fromStranger'],
    reviewer: ['forAll', 'fromAdmin', 'fromBuilder'],
    stranger: ['forAll', 'fromStranger'],
  });
});

test('filters by target and claimant show no more than that', async () => {
  const { admin, builder, reviewer, stranger, taskIds } = await createFleet();
  expect(await listTitles(stranger.client, { target: 'reviewer' })).toEqual(['forAll']);
  expect(await listTitles(builder.client, { target: 'reviewer' })).toEqual(['forAll', 'fromBuilder']);
  expect(await listTitles(builder.client, { target: '*' })).toEqual(['forAll']);
  await reviewer.client.tasks.claim(taskIds.fromAdmin);
  await reviewer.client.tasks.claim(taskIds.fromBuilder);
  const claimed = { state: 'claimed', claimedBy: 'reviewer' } as const;
  expect(await listTitles(stranger.client, claimed)).toEqual([]);
  expect(await listTitles(builder.client, claimed)).toEqual(['fromBuilder']);
  expect(await listTitles(reviewer.client, claimed)).toEqual(['fromAdmin', 'fromBuilder']);
  const { key } = await admin.keys.create({ role: 'auditor', programId: 'stranger' });
  expect(await listTitles(server.client(key), claimed)).toEqual(['fromAdmin', 'fromBuilder']);
});

test('nobody claims, releases or completes a task that it may not see', async () => {
  const { stranger, reviewer, admin, taskIds } = await createFleet();
  const { tasks } = stranger.client;
  const attempts = async () => {
    for (const taskId of [taskIds.fromAdmin, 'no-such-task']) {
      await expect(tasks.claim(taskId)).rejects.toMatchObject(notFound);
      await expect(tasks.release(taskId)).rejects.toMatchObject(notFound);
      await expect(tasks.complete(taskId, { outcome: 'succeeded' })).rejects.toMatchObject(notFound);
    }
  };
  await attempts();
  await reviewer.client.tasks.claim(taskIds.fromAdmin);
  await attempts();
  expect(await admin.tasks.get(taskIds.fromAdmin)).toMatchObject({ state: 'claimed', claimedBy: 'reviewer' });
});

describe.each(MCP_CLIENTS)('through MCP with $kind', ({ connect }) => {
  test('the same holds for the tools', async () => {
    const { stranger, taskIds } = await createFleet();
    const mcp = await connect(`${server.url}?toolsets=all`, stranger.key).catch(() =>
      connect(server.url, stranger.key),
    );
    for (const [tool, more] of [
      ['get_task', {}],
      ['claim_task', {}],
      ['complete_task', { outcome: 'succeeded' }],
    ] as const) {
      const answer = await mcp.callTool(tool, { taskId: taskIds.fromAdmin, ...more });
      expect([tool, answer.isError, parseJsonContent(answer)]).toMatchObject([tool, true, { status: 404 }]);
    }
    const listed = parseJsonContent(await mcp.callTool('list_tasks', { state: 'all' })) as {
      tasks: { title: string }[];
    };
    expect(listed.tasks.map(({ title }) => title).sort()).toEqual(['forAll', 'fromStranger']);
    await mcp.close();
  });
});
