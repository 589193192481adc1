import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('a successor gets the pending work and takes over the claims of its predecessor', async () => {
  const [builder, other] = [await server.createProgram('builder'), await server.createProgram('other')];
  const { programId, client } = builder;
  const first = await client.sessions.create({ name: 'Run 1' });
  const claimed = await other.client.tasks.create({ title: 'Under way', target: programId });
  const waiting = await other.client.tasks.create({ title: 'Waits', target: programId, priority: 5 });
  await client.tasks.claim(claimed.taskId, first.sessionId);
  const message = await other.client.messages.send({ to: programId, kind: 'QUERY', text: 'How is it going?' });
  await client.sessions.update(first.sessionId, { status: 'Full', handoffRequired: true });

  const boot = await client.programs.boot(programId, { name: 'Run 2' });
  expect(boot.tasks.map(({ taskId, state }) => [taskId, state])).toEqual([
    [claimed.taskId, 'claimed'],
    [waiting.taskId, 'created'],
  ]);
  expect(boot.messages).toMatchObject([
    { messageId: message.messageId, text: 'How is it going?', sender: other.programId },
  ]);
  expect(boot.session).toMatchObject({ pendingTasks: 1, pendingMessages: 1 });

  const late = client.tasks.complete(claimed.taskId, { outcome: 'succeeded', sessionId: first.sessionId });
  await expect(late).rejects.toMatchObject({ status: 409, kind: 'session-superseded' });
  const done = await client.tasks.complete(claimed.taskId, { outcome: 'succeeded', sessionId: boot.session.sessionId });
  expect(done).toMatchObject({ state: 'completed', claimedSession: boot.session.sessionId });
});

test('parts that do not fit are listed with the operation that returns them', async () => {
  const [{ programId, client }, other] = [await server.createProgram(), await server.createProgram()];
  for (let index = 0; index < 40; index += 1)
    await other.client.tasks.create({ title: `Task ${index} ${'x'.repeat(150)}`, target: programId });
  const boot = await client.programs.boot(programId, { name: 'Small context', maxTokens: 1_000 });
  const missing = boot.leftOut.find(({ part }) => part === 'tasks');
  expect(boot.tasks.length + (missing?.count ?? 0)).toBe(40);
  expect(missing?.how).toContain('list_tasks');
});
