/** A session id that is used again after its end is a new run: nothing that described the run before is left. */
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { MCP_CLIENTS } from '../../support/mcp-clients.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const HOUR = 3_600_000;
const server = useTestServer({ environment: { FLEETBEAT_SWEEP_EVERY: '20ms' } });

const FULL = {
  status: 'Nearly full',
  progress: 100,
  contextBytes: 900_000,
  contextLimitBytes: 1_000_000,
  contextUsedPercent: 91,
  handoffRequired: true,
  handover: { lastPrompt: 'Of run 1' },
};
const AFRESH = { progress: null, handoffRequired: false, handoffAdvised: false, idle: false, contextUsedPercent: 0 };

const endFirstRun = async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId, createdAt } = await client.sessions.create({ sessionId: `${programId}-s`, name: 'Run 1' });
  await client.sessions.update(sessionId, FULL);
  await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
  return { programId, client, sessionId, createdAt };
};

test('a create on the id of a complete session begins afresh, and keeps its beginning and its timeline', async () => {
  const { client, sessionId, createdAt } = await endFirstRun();
  server.clock.advance(HOUR);
  const second = await client.sessions.create({ sessionId, name: 'Run 2' });
  expect(second).toMatchObject({
    ...AFRESH,
    createdAt,
    status: null,
    state: 'working',
    lastProgressAt: second.updatedAt,
  });
  expect(await client.sessions.get(sessionId)).not.toHaveProperty('handover');
  expect((await client.sessions.timeline(sessionId)).changes).toHaveLength(4);
});

test('what the new run sends about itself counts', async () => {
  const { client, sessionId } = await endFirstRun();
  const mine = { status: 'Run 2', progress: 3, contextUsedPercent: 12.5, handoffRequired: true, idle: true };
  const second = await client.sessions.create({ sessionId, name: 'Run 2', ...mine, handover: { lastPrompt: 'Mine' } });
  expect(second).toMatchObject(mine);
  expect((await client.sessions.get(sessionId)).handover).toEqual({ lastPrompt: 'Mine' });
});

test('a live state on a complete session begins a new run as well', async () => {
  const { client, sessionId } = await endFirstRun();
  expect(await client.sessions.update(sessionId, { status: 'Again', state: 'working' })).toMatchObject(AFRESH);
  expect(await client.sessions.get(sessionId)).not.toHaveProperty('handover');
});

test('a boot on the id of a live session begins afresh', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ sessionId: `${programId}-s`, name: 'Run 1' });
  await client.sessions.update(sessionId, FULL);
  const { session } = await client.programs.boot(programId, { sessionId, name: 'Run 2' });
  expect(session).toMatchObject({ ...AFRESH, status: null });
  expect(await client.sessions.get(sessionId)).not.toHaveProperty('handover');
});

test('a create on the id of a live session is no new run', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Run 1' });
  await client.sessions.update(sessionId, FULL);
  expect(await client.sessions.create({ sessionId, name: 'Renamed' })).toMatchObject({
    progress: 100,
    contextUsedPercent: 91,
    handoffRequired: true,
  });
  expect((await client.sessions.get(sessionId)).handover).toEqual(FULL.handover);
});

test('a session that was archived for its silence goes on by an update, and begins afresh by a create', async () => {
  // Of its own account, since sessions of others that fall silent with it would be a mass silence.
  const { client } = await server.createAccount('unlimited');
  const { sessionId } = await client.sessions.create({ name: 'A laptop' });
  await client.sessions.update(sessionId, { ...FULL, handoffRequired: false });
  const fallAsleep = async () => {
    server.clock.advance(30 * 60_000);
    server.clock.advance(HOUR);
    await eventually(async () => (await client.sessions.get(sessionId)).archived);
  };
  await fallAsleep();
  const woken = await client.sessions.update(sessionId, { status: 'Woke up', lastHeartbeat: true });
  expect(woken).toMatchObject({ archived: false, progress: 100, contextUsedPercent: 91 });
  expect((await client.sessions.get(sessionId)).handover).toEqual(FULL.handover);
  await fallAsleep();
  expect(await client.sessions.create({ sessionId, name: 'Run 2' })).toMatchObject(AFRESH);
});

test('the next boot does not take over from a new run because of the old one', async () => {
  const { programId, client, sessionId } = await endFirstRun();
  await client.sessions.create({ sessionId, name: 'Run 2' });
  const { previousSession } = await client.programs.boot(programId, { name: 'Another' });
  expect(previousSession).toMatchObject({ sessionId, ended: 'alive' });
  expect(await client.sessions.update(sessionId, { status: 'At work', lastHeartbeat: true })).toMatchObject({
    successor: null,
  });
});

test('the id of a session that was taken over is used up, and the refusal says what to do', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Run 1', handoffRequired: true });
  const { session } = await client.programs.boot(programId, { name: 'Run 2' });
  const refusal = {
    status: 409,
    kind: 'session-superseded',
    problem: { successor: session.sessionId, detail: expect.stringMatching(/another sessionId, or without one/) },
  };
  await expect(client.sessions.create({ sessionId, name: 'Again' })).rejects.toMatchObject(refusal);
  await client.sessions.update(session.sessionId, { status: 'Full', handoffRequired: true });
  await expect(client.programs.boot(programId, { sessionId, name: 'Again' })).rejects.toMatchObject(refusal);
});

test('null clears what an update can clear, through REST and MCP', async () => {
  const { programId, client } = await server.createProgram();
  const { key } = await server.admin.keys.create({ role: 'program', programId });
  const mcp = await MCP_CLIENTS[0]?.connect(server.url, key);
  const set = { progress: 5, projectName: 'web', contextBytes: 7, contextLimitBytes: 10, contextUsedPercent: 65 };
  const cleared = {
    progress: null,
    projectName: null,
    contextBytes: null,
    contextLimitBytes: null,
    contextUsedPercent: null,
  };
  const { sessionId } = await client.sessions.create({ name: 'Auth', ...set });
  const shown = {
    progress: null,
    projectName: null,
    contextBytes: null,
    contextLimitBytes: null,
    handoffAdvised: false,
  };
  const after = await client.sessions.update(sessionId, { status: 'S', ...cleared });
  expect(after).toMatchObject(shown);
  expect(after).not.toHaveProperty('contextUsedPercent');
  expect(await client.sessions.update(sessionId, { status: 'S', ...set })).toMatchObject({
    ...set,
    handoffAdvised: true,
  });
  const called = await mcp?.callTool('update_session', { sessionId, status: 'S', ...cleared });
  expect(called).not.toMatchObject({ isError: true });
  expect(await client.sessions.get(sessionId)).toMatchObject(shown);
  await mcp?.close();
});
