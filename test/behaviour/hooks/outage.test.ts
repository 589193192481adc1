import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { startScriptedAgent } from '../../support/scripted-agent.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

let server: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
let network: CuttableProxy;
let workstation: Workstation;
let programId: string;
beforeAll(async () => {
  [server, cli] = await Promise.all([startTestServer(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await server.close();
});
beforeEach(async () => {
  network = await startProxy(server.url);
  workstation = createWorkstation(cli.bin, network.url);
  const { programId: program, key } = await server.createProgram();
  programId = program;
  const done = await workstation.runCommandLine('fleetbeat connect claude-code --yes', '', { FLEETBEAT_KEY: key });
  expect(done).toMatchObject({ code: 0 });
});
afterEach(async () => {
  await network.close();
  await workstation.remove();
});

const spool = () => join(workstation.home, '.local/state/fleetbeat/hooks/spool', programId);
const statuses = async (sessionId: string) => {
  const { changes } = await server.admin.sessions.timeline(sessionId);
  return changes.map(({ status }) => status).toReversed();
};
const submitPrompts = (prompts: readonly string[]) =>
  prompts.map((prompt) => workstation.runHook('UserPromptSubmit', { prompt, transcript_path: null }));

test('events of an outage are sent in order afterwards, none lost and none twice', async () => {
  await workstation.runHook('SessionStart', {});
  await network.cut();
  for (const prompt of ['One', 'Two', 'Three']) expect((await submitPrompts([prompt])[0])?.code).toBe(0);
  await workstation.runHook('Notification', { message: 'May I?' });
  await workstation.runHook('UserPromptSubmit', { prompt: 'You may' });
  await workstation.runHook('Stop', { last_assistant_message: 'Done so far' });
  const flush = await workstation.runCommandLine('fleetbeat hook flush');
  expect(flush).toMatchObject({ code: 5 });
  expect(workstation.listQueuedFiles(programId)).toHaveLength(6);
  for (const name of workstation.listQueuedFiles(programId))
    expect(statSync(join(spool(), name)).mode & 0o777).toBe(0o600);
  const savedSpool = join(workstation.home, 'kept');
  cpSync(spool(), savedSpool, { recursive: true });

  await network.restore();
  expect((await workstation.runCommandLine('fleetbeat hook flush --json')).code).toBe(0);
  const expectedStatuses = ['Started', 'One', 'Two', 'Three', 'May I?', 'You may', 'Turn done. Done so far'];
  expect(await statuses(workstation.sessionId)).toEqual(expectedStatuses);
  const readHandover = async () => (await server.admin.sessions.get(workstation.sessionId)).handover;
  const handover = await readHandover();
  expect(handover?.lastAnswer).toBe('Done so far');

  // Simulates a sender that died before it removed the last file: the next one sends it again.
  const [last] = readdirSync(savedSpool).sort().slice(-1);
  cpSync(join(savedSpool, last ?? ''), join(spool(), last ?? ''));
  expect((await workstation.runCommandLine('fleetbeat hook flush')).code).toBe(0);
  expect(await statuses(workstation.sessionId)).toEqual(expectedStatuses);
  expect(await readHandover()).toEqual(handover);
  // A turn makes no version of the state.
  expect((await server.admin.state.read(programId)).version).toBe(0);
});

test('the next hook sends queued events by itself', async () => {
  await workstation.runHook('SessionStart', {});
  await network.cut();
  await submitPrompts(['While it was away'])[0];
  await network.restore();
  await submitPrompts(['Now'])[0];
  await workstation.waitUntilSent(programId);
  expect(await statuses(workstation.sessionId)).toEqual(['Started', 'While it was away', 'Now']);
});

test('a start during an outage says so, and boots once the server is back', async () => {
  await network.cut();
  const start = await workstation.runHook('SessionStart', {});
  expect(start.code).toBe(0);
  expect(JSON.parse(start.stdout).hookSpecificOutput.additionalContext).toContain('could not be reached');
  await submitPrompts(['Work'])[0];
  await network.restore();
  expect((await workstation.runCommandLine('fleetbeat hook flush')).code).toBe(0);
  expect(await statuses(workstation.sessionId)).toEqual(['Started', 'Work']);
  const { sessions } = await server.admin.sessions.list({ programId });
  expect(sessions).toHaveLength(1);
});

test('a server that never responds delays a start by a few seconds only, and the start is sent later', async () => {
  // After a killed agent the start sends additional requests.
  const dead = startScriptedAgent(workstation, 'dead-before');
  await dead.emitEvent('SessionStart');
  await dead.kill();
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const file = join(workstation.home, '.config/fleetbeat/programs', `${programId}.json`);
  const original = readFileSync(file, 'utf8');
  const { port } = silent.address() as AddressInfo;
  writeFileSync(file, JSON.stringify({ ...JSON.parse(original), url: `http://127.0.0.1:${port}` }));
  const startedAt = Date.now();
  const fields = { session_id: workstation.sessionId, cwd: workstation.project, source: 'startup' };
  const start = await workstation.runCommandLine('fleetbeat hook SessionStart', JSON.stringify(fields), {
    FLEETBEAT_HOOK_DEADLINE_MS: '',
  });
  expect(start.code).toBe(0);
  // Claude Code kills a hook after 15 seconds, of which it uses four.
  expect(Date.now() - startedAt).toBeLessThan(12_000);
  expect(JSON.parse(start.stdout).hookSpecificOutput.additionalContext).toContain('could not be reached');
  writeFileSync(file, original);
  expect((await workstation.runCommandLine('fleetbeat hook flush')).code).toBe(0);
  expect(await statuses(workstation.sessionId)).toEqual(['Started']);
  for (const socket of sockets) socket.destroy();
  silent.close();
});

const toldAtStart = async (fields = {}) =>
  JSON.parse((await workstation.runHook('SessionStart', fields)).stdout).hookSpecificOutput.additionalContext as string;
/** What `fleetbeat doctor` finds about the program's last start. */
const findStartTrouble = async () => {
  const { stdout } = await workstation.runCommandLine('fleetbeat doctor --json', '', {
    FLEETBEAT_KEY: server.adminKey,
  });
  const { findings } = JSON.parse(stdout) as { findings: { check: string; result: string; says: string }[] };
  return findings.find(({ check, says }) => check === programId && says.startsWith('Its last start'));
};

test('a start that is refused for now is told so, with the reason, and is no outage', async () => {
  const { client } = await server.createProgram();
  await client.sessions.create({ sessionId: workstation.sessionId, name: "Another program's" });
  const startText = await toldAtStart();
  expect(startText).toContain('refused this start');
  expect(startText).toContain(workstation.sessionId);
  expect(startText).not.toContain('could not be reached');
  expect(await findStartTrouble()).toMatchObject({ result: 'wrong', says: expect.stringContaining('refused for now') });
});

test('doctor finds the trouble of the last start, until one succeeds', async () => {
  const file = join(workstation.home, '.config/fleetbeat/programs', `${programId}.json`);
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(original), key: 'fb_nobody_0123456789abcdef0123456789abcdef' }));
  await toldAtStart();
  expect(await findStartTrouble()).toMatchObject({ result: 'wrong', says: expect.stringContaining('with its key') });
  // Saved by an editor that begins with a byte order mark.
  writeFileSync(file, `\uFEFF${original}`);
  await network.cut();
  expect(await toldAtStart()).toContain('could not be reached');
  expect(await findStartTrouble()).toMatchObject({ result: 'warning', says: expect.stringContaining('did not reach') });
  await network.restore();
  await toldAtStart();
  expect(await findStartTrouble()).toBeUndefined();
  expect(await statuses(workstation.sessionId)).toContain('Started');
});

test('the end of a session that never began makes none, whenever it is sent', async () => {
  await workstation.runHook('SessionEnd', { reason: 'other' });
  await workstation.waitUntilSent(programId);
  await network.cut();
  await workstation.runHook('SessionEnd', { session_id: `${workstation.sessionId}-2`, reason: 'other' });
  await network.restore();
  expect((await workstation.runCommandLine('fleetbeat hook flush')).code).toBe(0);
  expect((await server.admin.sessions.list({ programId, includeArchived: true })).sessions).toEqual([]);
  expect(await server.admin.state.read(programId)).toMatchObject({ exists: false });
});

test('a folder whose name ends in the middle of a character has a session all the same', async () => {
  const project = join(workstation.home, `a${'😀'.repeat(60)}`);
  mkdirSync(project);
  await workstation.runHook('SessionStart', { cwd: project }, `--program ${programId}`);
  const { name, projectName } = await server.admin.sessions.get(workstation.sessionId);
  expect([name.isWellFormed(), projectName]).toEqual([true, `a${'😀'.repeat(49)}…`]);
  const connected = await workstation.runCommandLine(
    `cd '${project}' && fleetbeat connect cursor --make-key --yes --program emoji`,
    '',
    { FLEETBEAT_KEY: server.adminKey },
  );
  expect(connected.code).toBe(0);
});

test('an invalid key is reported, and queued events are sent once there is a valid one', async () => {
  const file = join(workstation.home, '.config/fleetbeat/programs', `${programId}.json`);
  const original = readFileSync(file, 'utf8');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(original), key: 'fb_nobody_0123456789abcdef0123456789abcdef' }));
  const start = await workstation.runHook('SessionStart', {});
  const { additionalContext } = JSON.parse(start.stdout).hookSpecificOutput;
  expect(additionalContext).toContain('refused the key');
  expect(additionalContext).not.toContain('could not be reached');
  expect((await workstation.runCommandLine('fleetbeat hook flush')).code).toBe(5);
  writeFileSync(file, original);
  expect((await workstation.runCommandLine('fleetbeat hook flush')).code).toBe(0);
  expect(await statuses(workstation.sessionId)).toEqual(['Started']);
});

test('the next start sends the unsent events of a killed agent before taking over', async () => {
  const first = startScriptedAgent(workstation, `${workstation.sessionId}-a`);
  await first.emitEvent('SessionStart');
  await network.cut();
  await first.emitEvent('UserPromptSubmit', { prompt: 'Never sent' });
  await first.emitEvent('Stop', { last_assistant_message: 'Nobody heard this' });
  await first.kill();
  // Claude Code does not wait for these hooks; here they have exited, and their events are queued.
  expect(workstation.listQueuedFiles(programId)).toHaveLength(2);
  await network.restore();
  const second = startScriptedAgent(workstation, `${workstation.sessionId}-b`);
  const { context } = await second.emitEvent('SessionStart');
  await second.kill();
  expect(context).toContain('Nobody heard this');
  expect(await statuses(`${workstation.sessionId}-a`)).toContain('Never sent');
  expect(await server.admin.sessions.get(`${workstation.sessionId}-a`)).toMatchObject({
    successor: `${workstation.sessionId}-b`,
  });
});

test('concurrent hooks lose no event and send none twice', async () => {
  await workstation.runHook('SessionStart', {});
  await network.cut();
  const prompts = Array.from({ length: 8 }, (_, number) => `Prompt ${number}`);
  await Promise.all(submitPrompts(prompts));
  expect(workstation.listQueuedFiles(programId)).toHaveLength(8);
  await network.restore();
  await Promise.all([
    workstation.runCommandLine('fleetbeat hook flush'),
    workstation.runCommandLine('fleetbeat hook flush'),
  ]);
  await workstation.waitUntilSent(programId);
  const expectedStatuses = await statuses(workstation.sessionId);
  expect(expectedStatuses.toSorted()).toEqual(['Started', ...prompts].toSorted());
});

test('a session that is refused does not delay other sessions', async () => {
  await server.admin.sessions.create({
    name: 'Of another',
    sessionId: 'taken',
    programId: (await server.createProgram()).programId,
  });
  await workstation.runHook('SessionStart', { session_id: 'mine' });
  await workstation.runHook('UserPromptSubmit', { session_id: 'taken', prompt: 'Not mine' });
  await workstation.runHook('UserPromptSubmit', { session_id: 'mine', prompt: 'Mine' });
  const flush = await workstation.runCommandLine('fleetbeat hook flush');
  expect(await statuses('mine')).toEqual(['Started', 'Mine']);
  expect(flush.code).toBe(5);
  expect(workstation.listQueuedFiles(programId)).toHaveLength(1);
  expect((await server.admin.sessions.get('taken')).status).toBeNull();
});

test("an event older than the server's state changes nothing", async () => {
  await workstation.runHook('SessionStart', {});
  await server.admin.sessions.update(workstation.sessionId, {
    status: 'By the agent itself',
    progress: 40,
  });
  const at = Date.now() - 60_000;
  const event = {
    at,
    moment: 'prompt',
    client: 'claude-code',
    programId,
    sessionId: workstation.sessionId,
    project: 'auth',
  };
  const waits = (id: string, more: object) =>
    writeFileSync(join(spool(), `${id}.json`), JSON.stringify({ id, ...event, ...more }));
  const answer = 'An old answer';
  waits('1', {
    status: 'An old prompt',
    state: 'complete',
    handover: { recordedAt: new Date(at).toISOString(), lastAnswer: answer },
  });
  expect((await workstation.runCommandLine('fleetbeat hook flush')).code).toBe(0);
  expect(await server.admin.sessions.get(workstation.sessionId)).toMatchObject({
    status: 'By the agent itself',
    state: 'working',
  });
  // An old handover is applied until there is a newer one.
  const lastAnswer = async () => (await server.admin.sessions.get(workstation.sessionId)).handover?.lastAnswer;
  expect(await lastAnswer()).toBe(answer);
  const older = { recordedAt: new Date(at - 1).toISOString(), lastAnswer: 'An older answer' };
  waits('2', { at: at - 1, status: 'Older', handover: older });
  expect((await workstation.runCommandLine('fleetbeat hook flush')).code).toBe(0);
  expect(await lastAnswer()).toBe(answer);
  // Late events are applied too if only the hooks have written since.
  const seenFile = join(
    workstation.home,
    '.local/state/fleetbeat/hooks/sessions',
    programId,
    workstation.sessionId,
    'seen',
  );
  writeFileSync(seenFile, (await server.admin.sessions.get(workstation.sessionId)).updatedAt);
  waits('3', { status: 'A late prompt' });
  expect((await workstation.runCommandLine('fleetbeat hook flush')).code).toBe(0);
  expect(await server.admin.sessions.get(workstation.sessionId)).toMatchObject({
    status: 'A late prompt',
    progress: 40,
  });
});

test('the queue is bounded, and drops the oldest heartbeats first', async () => {
  await workstation.runHook('SessionStart', {});
  await network.cut();
  await submitPrompts(['Zero'])[0];
  const event = JSON.parse(readFileSync(join(spool(), workstation.listQueuedFiles(programId)[0] ?? ''), 'utf8'));
  const old = (number: number, end: string) => `${String(number).padStart(15, '0')}-001-1-x.${end}`;
  for (let number = 0; number < 1_998; number++) {
    const file = old(number, number % 2 === 0 ? 'json' : 'beat.json');
    writeFileSync(join(spool(), file), JSON.stringify({ ...event, id: file.split('.')[0] }));
  }
  await Promise.all(submitPrompts(['One', 'Two', 'Three']));
  const waiting = workstation.listQueuedFiles(programId);
  expect(waiting).toHaveLength(2_000);
  expect(waiting).not.toContain(old(1, 'beat.json'));
  expect(waiting).toContain(old(0, 'json'));
});
