/** A session is told at once what concerns it, by one stream of events for all sessions of a client. */
import { expect, test } from 'vitest';
import { createClientAgent } from '../../support/client-agent.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
// No heartbeat is due for 10 minutes of a clock that stands still: all of this comes by events.

test('tells of messages with their text, each once, also of those that waited', async () => {
  const { fleetbeat, programId, other } = await createClientAgent(server);
  await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'Before' });
  const session = await fleetbeat.session({ name: 'Reader' });
  const texts: string[] = [];
  session.on('message', ({ text }) => texts.push(text));
  await eventually(async () => texts.length === 1);
  await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'After' });
  await eventually(async () => texts.length === 2);
  await session.update('Read');
  expect(texts).toEqual(['Before', 'After']);
  expect((await other.messages.list()).messages).toHaveLength(2);
  session.leave();
});

test('tells of a pause and of its end, for which whenResumed waits', async () => {
  const { fleetbeat, programId } = await createClientAgent(server);
  const session = await fleetbeat.session({ name: 'Obedient' });
  await session.whenResumed();
  const paused = new Promise((resolve) => session.on('pause', resolve));
  await server.admin.programs.update(programId, { paused: true });
  expect(await paused).toMatchObject({ programPaused: true });
  expect(session.paused).toBe(true);
  const resumed = session.whenResumed();
  await server.admin.programs.update(programId, { paused: false });
  await resumed;
  expect(session.paused).toBe(false);
  session.leave();
  await session[Symbol.asyncDispose]();
});

test('tells of tasks that the program may claim, and of no others', async () => {
  const { fleetbeat, programId } = await createClientAgent(server);
  const { programId: another } = await server.createProgram();
  const session = await fleetbeat.session({ name: 'Worker' });
  const titles: string[] = [];
  session.on('task', ({ title }) => titles.push(title));
  await eventually(async () => session.report.updatedAt !== session.report.createdAt);
  await server.admin.tasks.create({ title: 'For another', target: another });
  await server.admin.tasks.create({ title: 'For all', target: '*' });
  await server.admin.tasks.create({ title: 'For it', target: programId });
  await eventually(async () => titles.length === 2);
  expect(titles).toEqual(['For all', 'For it']);
  session.leave();
});

test('sessions of a client share one stream, which ends with the last of them', async () => {
  const { fleetbeat, network } = await createClientAgent(server);
  const sessions = await Promise.all(['One', 'Two', 'Three'].map((name) => fleetbeat.session({ name })));
  for (const session of sessions) session.on('report', () => undefined);
  const streams = () => network.sent.filter(({ url }) => url.includes('/v1/events'));
  await eventually(
    async () => streams().length === 1 && sessions.every(({ report }) => report.updatedAt !== report.createdAt),
  );
  for (const session of sessions) session.leave();
  await eventually(async () => streams().every(({ signal }) => signal.aborted));
  expect(streams()).toHaveLength(1);
});
