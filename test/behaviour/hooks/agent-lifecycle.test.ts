import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startScriptedAgent } from '../../support/scripted-agent.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

let server: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
let workstation: Workstation;
beforeAll(async () => {
  [server, cli] = await Promise.all([startTestServer(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await server.close();
});
beforeEach(() => {
  workstation = createWorkstation(cli.bin, server.url);
});
afterEach(() => workstation.remove());

const connect = async (programId: string) => {
  const done = await workstation.runCommandLine(
    `fleetbeat connect claude-code --make-key --yes --program ${programId}`,
    '',
    {
      FLEETBEAT_KEY: server.adminKey,
    },
  );
  expect(done).toMatchObject({ code: 0 });
};

test('a killed agent restarts with its memory, without having said anything', async () => {
  await connect('phoenix');
  const first = startScriptedAgent(workstation, 'run-1');
  expect((await first.emitEvent('SessionStart', { source: 'startup' })).context).toContain('program phoenix');
  await first.emitEvent('UserPromptSubmit', { prompt: 'Add validation to /api/users\nand test it' });
  await first.emitEvent('PostToolUse', { tool_name: 'Edit' });
  await first.emitEvent('Stop', { last_assistant_message: 'Email and name are validated. The role is open.' });
  await workstation.waitUntilSent('phoenix');
  await first.emitEvent('UserPromptSubmit', { prompt: 'Now the role' });
  await workstation.waitUntilSent('phoenix');
  await first.kill();

  const second = startScriptedAgent(workstation, 'run-2');
  const { context, codes } = await second.emitEvent('SessionStart', { source: 'startup' });
  await second.kill();

  expect(codes).toEqual([0]);
  expect(context).toContain('Email and name are validated. The role is open.');
  expect(context).toContain('Its last status: Now the role');
  expect(context).toContain('run-1, was killed in the middle of its work');
  // It died a moment ago, so its heartbeats alone would count as live.
  expect(await server.admin.sessions.get('run-1')).toMatchObject({
    state: 'complete',
    completeReason: 'killed',
    successor: 'run-2',
  });
  expect(await server.admin.sessions.get('run-2')).toMatchObject({ state: 'working', programId: 'phoenix' });
});

test('a second agent in the same folder does not take over from a running one', async () => {
  await connect('pair');
  const first = startScriptedAgent(workstation, 'pair-1');
  await first.emitEvent('SessionStart', { source: 'startup' });
  const second = startScriptedAgent(workstation, 'pair-2');
  expect((await second.emitEvent('SessionStart', { source: 'startup' })).context).toContain('pair-1, still runs');
  await first.emitEvent('UserPromptSubmit', { prompt: 'Go on' });
  await workstation.waitUntilSent('pair');
  await Promise.all([first.kill(), second.kill()]);
  expect(await server.admin.sessions.get('pair-1')).toMatchObject({
    state: 'working',
    status: 'Go on',
    successor: null,
  });
});

test('of two agents that start after a crash both have a session, and one takes over', async () => {
  await connect('rivals');
  const dead = startScriptedAgent(workstation, 'dead');
  await dead.emitEvent('SessionStart');
  await dead.emitEvent('Stop', { last_assistant_message: 'What was left' });
  await workstation.waitUntilSent('rivals');
  await dead.kill();
  const agents = ['left', 'right'].map((id) => startScriptedAgent(workstation, id));
  const contexts = await Promise.all(agents.map((agent) => agent.emitEvent('SessionStart')));
  await Promise.all(agents.map((agent) => agent.kill()));
  for (const { context } of contexts) expect(context).toContain('What was left');
  const { successor } = await server.admin.sessions.get('dead');
  expect(['left', 'right']).toContain(successor);
  for (const id of ['left', 'right'])
    expect(await server.admin.sessions.get(id)).toMatchObject({ state: 'working', successor: null });
});

test('an agent that continues after a takeover gets a session of its own', async () => {
  const { programId } = await server.createProgram();
  await connect(programId);
  const agent = startScriptedAgent(workstation, 'slept');
  await agent.emitEvent('SessionStart');
  await server.admin.sessions.update('slept', { status: 'Hands over', handoffRequired: true });
  await server.admin.boot(programId, { name: 'Elsewhere', sessionId: 'elsewhere' });
  server.clock.advance(2 * 60_000);
  await agent.emitEvent('SessionStart', { source: 'resume' });
  await agent.emitEvent('UserPromptSubmit', { prompt: 'Once more' });
  await workstation.waitUntilSent(programId);
  await agent.kill();
  const { sessions } = await server.admin.sessions.list({ programId });
  const resumed = sessions.find(({ sessionId }) => sessionId.startsWith('slept.'));
  expect(resumed).toMatchObject({ status: 'Once more', state: 'working' });
  expect(await server.admin.sessions.get('slept')).toMatchObject({ successor: 'elsewhere' });
});

const untilBlocked = (sessionId: string) =>
  eventually(async () => (await server.admin.sessions.get(sessionId)).state === 'blocked');

test('an allowed command unblocks when it runs, a denied one when the dialog closes', async () => {
  await connect('dialogs');
  await workstation.runHook('SessionStart', { session_id: 'dialogs' });
  await workstation.runHook('UserPromptSubmit', { session_id: 'dialogs', prompt: 'Deploy' });
  const ask = (command: string) => {
    const input = { session_id: 'dialogs', cwd: workstation.project, tool_name: 'Bash', tool_input: { command } };
    return spawn('fleetbeat', ['hook', 'PermissionRequest'], {
      cwd: workstation.project,
      env: { ...workstation.environment },
      stdio: ['pipe', 'ignore', 'ignore'],
    }).once('spawn', function (this: ChildProcess) {
      this.stdin?.end(JSON.stringify(input));
    });
  };
  const allowed = ask(`sleep 20 # "it's allowed"`);
  const ended = once(allowed, 'exit');
  await untilBlocked('dialogs');
  // This process acts as the agent, and its child processes as the tools.
  const tool = spawn('sh', ['-c', `eval 'sleep 20 # "it'\\''s allowed"'; :`]);
  await eventually(async () => (await server.admin.sessions.get('dialogs')).state === 'working');
  expect((await server.admin.sessions.get('dialogs')).status).toBe('Deploy · Bash');
  expect(tool.exitCode).toBeNull();
  tool.kill('SIGKILL');
  await ended;

  const denied = ask('git push');
  await untilBlocked('dialogs');
  denied.kill('SIGTERM');
  await eventually(async () => (await server.admin.sessions.get('dialogs')).state === 'working');
  expect((await server.admin.sessions.get('dialogs')).status).toBe('Interrupted: Deploy');
});

test('a question blocks, and an answer or its tool unblocks', async () => {
  await connect('asks');
  const agent = startScriptedAgent(workstation, 'asks-1');
  await agent.emitEvent('SessionStart');
  const stateAfter = async (event: string, fields: object) => {
    await agent.emitEvent(event, { ...fields });
    await workstation.waitUntilSent('asks');
    const { state, status } = await server.admin.sessions.get('asks-1');
    return { state, status };
  };
  const question = { message: 'Claude needs your permission', notification_type: 'permission_prompt' };
  const permission = { tool_name: 'Bash', tool_input: { command: 'git push', description: 'pushes' } };
  expect(await stateAfter('UserPromptSubmit', { prompt: 'Deploy' })).toEqual({ state: 'working', status: 'Deploy' });
  expect(await stateAfter('PostToolUse', { tool_name: 'Read' })).toEqual({ state: 'working', status: 'Deploy · Read' });
  // It runs while the agent's dialog is open.
  const asked = workstation.runHook('PermissionRequest', { session_id: 'asks-1', ...permission });
  await untilBlocked('asks-1');
  expect((await server.admin.sessions.get('asks-1')).status).toBe('Bash: git push');
  // It arrives seconds later with less detail.
  expect(await stateAfter('Notification', question)).toEqual({ state: 'blocked', status: 'Bash: git push' });
  // Within 30 seconds of the previous tool, but changes are sent anyway.
  expect(await stateAfter('PostToolUse', { tool_name: 'Bash' })).toMatchObject({ state: 'working' });
  expect(await asked).toMatchObject({ code: 0, stdout: '' });
  // Its user has interrupted the turn, which no hook tells: it needs nobody but its next prompt.
  expect(await stateAfter('Notification', { message: 'Waits', notification_type: 'idle_prompt' })).toMatchObject({
    state: 'working',
  });
  expect(await server.admin.sessions.get('asks-1')).toMatchObject({ idle: true });
  expect(await stateAfter('UserPromptSubmit', { prompt: 'Yes' })).toEqual({ state: 'working', status: 'Yes' });
  expect(await stateAfter('Notification', { message: 'Signed in', notification_type: 'auth_success' })).toMatchObject({
    state: 'working',
  });
  await agent.kill();
});

test('an interrupted tool is not blocked, and a failed turn is not finished', async () => {
  await connect('stops');
  const runAndRead = async (event: string, fields: object) => {
    await workstation.runHook(event, { session_id: 'stops', ...fields });
    await workstation.waitUntilSent('stops');
    const { state, status } = await server.admin.sessions.get('stops');
    return [state, status];
  };
  await runAndRead('UserPromptSubmit', { prompt: 'Deploy' });
  const permission = { tool_name: 'Bash', tool_input: { command: 'git push' } };
  const asked = workstation.runHook('PermissionRequest', { session_id: 'stops', ...permission });
  await untilBlocked('stops');
  expect(await runAndRead('PostToolUseFailure', { tool_name: 'Bash', is_interrupt: true })).toEqual([
    'working',
    'Interrupted: Deploy',
  ]);
  await asked;
  expect(await runAndRead('StopFailure', { error: 'rate_limit' })).toEqual(['working', 'Turn failed: rate_limit']);
});

test('the end of an unknown session creates none', async () => {
  await connect('ends-only');
  await workstation.runHook('SessionEnd', { session_id: 'never-began', reason: 'other' });
  await workstation.waitUntilSent('ends-only');
  expect((await server.admin.sessions.list({ programId: 'ends-only' })).sessions).toEqual([]);
  expect((await server.admin.state.read('ends-only')).exists).toBe(false);
});

test('a session that a person pinned stays pinned', async () => {
  await connect('pins');
  await workstation.runHook('SessionStart', { session_id: 'pinned' });
  await server.admin.sessions.update('pinned', { status: 'Look at this', state: 'pinned' });
  await workstation.runHook('UserPromptSubmit', { session_id: 'pinned', prompt: 'Go on' });
  await workstation.runHook('Stop', { session_id: 'pinned' });
  await workstation.waitUntilSent('pins');
  expect(await server.admin.sessions.get('pinned')).toMatchObject({ state: 'pinned' });
});

test("context use is the transcript's growth since the last compaction, and a full context requests a successor", async () => {
  await connect('grows');
  const transcript_path = join(workstation.home, 'transcript.jsonl');
  writeFileSync(transcript_path, 'x'.repeat(5_000));
  const after = async (event: string, fields: object = {}) => {
    await workstation.runHook(event, { session_id: 'grows', transcript_path, ...fields });
    await workstation.waitUntilSent('grows');
    const { contextBytes, handoffRequired } = await server.admin.sessions.get('grows');
    return { contextBytes, handoffRequired };
  };
  expect(await after('SessionStart')).toEqual({ contextBytes: 5_000, handoffRequired: false });
  appendFileSync(transcript_path, 'x'.repeat(3_000));
  expect(await after('PreCompact', { trigger: 'auto' })).toEqual({ contextBytes: 8_000, handoffRequired: true });
  appendFileSync(transcript_path, 'x'.repeat(500));
  expect(await after('SessionStart', { source: 'compact' })).toEqual({ contextBytes: 500, handoffRequired: false });
  expect(await after('PreCompact', { trigger: 'manual' })).toMatchObject({ handoffRequired: false });
});

test('the end completes the session with a handover, and keeps what the agent wrote', async () => {
  await connect('ends');
  const { key } = await server.admin.keys.create({ programId: 'ends' });
  await workstation.runHook('SessionStart', { session_id: 'ends' });
  const own = { lastTask: 'Sessions in Redis', handoffNotes: 'The cache key has a version: bump it.' };
  await server.client(key).state.update('ends', { contextSummary: own });
  await workstation.runHook('UserPromptSubmit', { session_id: 'ends', prompt: 'Review it' });
  await workstation.runHook('Stop', { session_id: 'ends', last_assistant_message: 'First answer' });
  await workstation.runHook('Stop', { session_id: 'ends', last_assistant_message: 'Second answer' });
  await workstation.runHook('SessionEnd', { session_id: 'ends', reason: 'prompt_input_exit' });
  await workstation.waitUntilSent('ends');
  expect(await server.admin.sessions.get('ends')).toMatchObject({ state: 'complete', successor: null });
  const { contextSummary, version } = await server.admin.state.read('ends');
  expect(contextSummary).toMatchObject(own);
  expect(version).toBe(1);
  const { handover } = await server.admin.sessions.get('ends');
  expect(handover).toMatchObject({ lastPrompt: 'Review it', lastAnswer: 'Second answer' });
  expect((await workstation.runHook('SessionStart', { session_id: 'next' })).stdout).toContain('Second answer');
});

test('a private connection sends no text of prompts, answers or questions', async () => {
  const connected = await workstation.runCommandLine(
    'fleetbeat connect claude-code --make-key -y --private --program quiet',
    '',
    {
      FLEETBEAT_KEY: server.adminKey,
    },
  );
  expect(connected.code).toBe(0);
  const secret = 'the merger';
  await workstation.runHook('SessionStart', { session_id: 'quiet' });
  await workstation.runHook('UserPromptSubmit', { session_id: 'quiet', prompt: secret });
  const permission = { tool_name: 'Bash', tool_input: { command: secret } };
  const asked = workstation.runHook('PermissionRequest', { session_id: 'quiet', ...permission });
  await untilBlocked('quiet');
  await workstation.runHook('PostToolUse', { session_id: 'quiet', tool_name: 'Bash' });
  await asked;
  await workstation.runHook('Notification', { session_id: 'quiet', message: secret });
  await workstation.runHook('Stop', { session_id: 'quiet', last_assistant_message: secret });
  await workstation.waitUntilSent('quiet');
  const contexts = JSON.stringify([
    await server.admin.sessions.timeline('quiet'),
    await server.admin.state.read('quiet'),
  ]);
  expect(contexts).not.toContain(secret);
  expect(contexts).toContain('Waits for its user');
});
