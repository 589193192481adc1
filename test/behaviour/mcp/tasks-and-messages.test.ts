import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const clients: Client[] = [];
const server = useTestServer();
afterAll(async () => {
  for (const client of clients) await client.close();
});

/** An agent that uses MCP tools only. */
const agent = async () => {
  const { programId, key } = await server.createProgram();
  const client = new Client({ name: 'fleetbeat-tests', version: '1.0.0' });
  const requestInit = { headers: { Authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', server.url), { requestInit }));
  await client.listTools();
  clients.push(client);
  const call = async (name: string, given: Record<string, unknown> = {}) => {
    const { structuredContent, isError, content } = await client.callTool({ name, arguments: given });
    expect(isError ?? false, JSON.stringify(content)).toBe(false);
    return structuredContent as Record<string, unknown>;
  };
  return { programId, call };
};

test('two agents exchange tasks and messages through their tools alone', async () => {
  const [builder, reviewer] = [await agent(), await agent()];
  const target = reviewer.programId;
  await builder.call('create_task', { title: 'Review', target, instructions: 'Look at it' });
  const session = await reviewer.call('create_session', { name: 'Reviewing' });
  expect(session).toMatchObject({ pendingTasks: 1, pendingMessages: 0 });
  const { tasks } = await reviewer.call('list_tasks', { target });
  const [{ taskId }] = tasks as [{ taskId: string }];
  // Only the task is a required argument: the session defaults to the current one.
  expect(await reviewer.call('claim_task', { taskId })).toMatchObject({ instructions: 'Look at it' });
  expect(await reviewer.call('release_task', { taskId })).toMatchObject({ state: 'created' });
  await reviewer.call('claim_task', { taskId });
  const done = { taskId, outcome: 'succeeded', result: 'Fine' };
  expect(await reviewer.call('complete_task', done)).toMatchObject({ state: 'completed' });
  expect(await builder.call('get_task', { taskId })).toMatchObject({ outcome: 'succeeded', result: 'Fine' });

  await reviewer.call('send_message', { to: builder.programId, kind: 'RESULT', text: 'Approved' });
  const { messages } = await builder.call('list_messages');
  const [{ messageId }] = messages as [{ messageId: string }];
  expect(await builder.call('acknowledge_message', { messageId })).toMatchObject({ text: 'Approved' });
  expect(await builder.call('list_messages')).toEqual({ messages: [], nextCursor: null });
  expect(await reviewer.call('list_sent_messages')).toMatchObject({
    messages: [{ recipients: 1, acknowledged: 1, answered: 0 }],
  });
});
