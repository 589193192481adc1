import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

let testServer: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
let workstation: Workstation;
let programId: string;
beforeAll(async () => {
  [testServer, cli] = await Promise.all([startTestServer(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await testServer.close();
});
beforeEach(async () => {
  workstation = createWorkstation(cli.bin, testServer.url);
  const { programId: program, key } = await testServer.createProgram();
  programId = program;
  await workstation.runCommandLine('fleetbeat connect claude-code --yes', '', { FLEETBEAT_KEY: key });
});
afterEach(() => workstation.remove());

const connectionFile = () => join(workstation.home, `.config/fleetbeat/programs/${programId}.json`);
const sessionFile = (name: string) =>
  join(workstation.home, '.local/state/fleetbeat/hooks/sessions', programId, workstation.sessionId, name);

/** A proxy that counts requests and returns the real server's responses. */
async function startCountingServer(): Promise<{ server: Server; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    // Every hook reads messages; only updates count here.
    if (request.method !== 'GET') asked.push(`${request.method} ${request.url}`);
    const body = await new Response(toReadableStream(request)).text();
    const answer = await fetch(new URL(request.url ?? '/', testServer.url), {
      method: request.method ?? 'GET',
      headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
      ...(body && { body }),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  }).listen(0, '127.0.0.1');
  await eventually(async () => server.listening);
  return { server, asked };
}
const toReadableStream = (stream: AsyncIterable<Uint8Array>) => ReadableStream.from(stream);

test('sends one update for many tool uses in 30 seconds, however many run concurrently', async () => {
  await workstation.runHook('SessionStart', {});
  const { server, asked } = await startCountingServer();
  const { port } = server.address() as AddressInfo;
  const connection = { url: `http://127.0.0.1:${port}`, key: (await testServer.admin.keys.create({ programId })).key };
  writeFileSync(connectionFile(), JSON.stringify(connection));
  await Promise.all(Array.from({ length: 8 }, () => workstation.runHook('PostToolUse', { tool_name: 'Bash' })));
  await workstation.waitUntilSent(programId);
  const heartbeat = `PATCH /v1/sessions/${workstation.sessionId}`;
  expect(asked).toEqual([heartbeat]);
  const halfAMinuteAgo = Date.now() / 1000 - 31;
  utimesSync(sessionFile('beat'), halfAMinuteAgo, halfAMinuteAgo);
  await workstation.runHook('PostToolUse', { tool_name: 'Read' });
  await workstation.waitUntilSent(programId);
  expect(asked).toEqual([heartbeat, heartbeat]);
  server.closeAllConnections();
  server.close();
});

test('heartbeats keep the session alive, and a killed hook does not stop them', async () => {
  await workstation.runHook('SessionStart', {});
  testServer.clock.advance(14 * 60_000);
  // Left behind by a killed hook.
  writeFileSync(sessionFile('beat.lock'), '');
  utimesSync(sessionFile('beat.lock'), Date.now() / 1000 - 60, Date.now() / 1000 - 60);
  await workstation.runHook('PostToolUse', { tool_name: 'Bash' });
  await workstation.runHook('PostToolUse', { tool_name: 'Bash' });
  await workstation.waitUntilSent(programId);
  testServer.clock.advance(14 * 60_000);
  expect(await testServer.admin.sessions.get(workstation.sessionId)).toMatchObject({
    stale: false,
    status: 'Working · Bash',
  });
});

test('a killed sender does not block others', async () => {
  const folder = join(workstation.home, '.local/state/fleetbeat/hooks/spool', programId);
  mkdirSync(folder, { recursive: true });
  // No process has this pid: it exceeds the maximum of Linux and macOS.
  writeFileSync(join(folder, 'sender.lock'), String(2 ** 30));
  await workstation.runHook('UserPromptSubmit', { prompt: 'After it' });
  await workstation.waitUntilSent(programId);
  expect((await testServer.admin.sessions.get(workstation.sessionId)).status).toBe('After it');
});

const HOSTILE: Readonly<Record<string, string | Buffer>> = {
  nothing: '',
  'no JSON': '{"session_id": "s-1",',
  'no object': '[1, 2]',
  'no session': '{"hook_event_name": "PostToolUse"}',
  'wrong types': '{"session_id": {"a": 1}, "cwd": 7, "prompt": [], "transcript_path": true}',
  'no UTF-8': Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28]),
  'a prototype': '{"__proto__": {"session_id": "x"}, "constructor": 1}',
  'a path as id': JSON.stringify({ session_id: '../../../../escaped', cwd: '/', prompt: 'x' }),
};

test('the hook exits with 0 and prints nothing for any standard input', async () => {
  const ended = await Promise.all(
    Object.entries(HOSTILE).map(async ([name, input]) => [
      name,
      await workstation.runCommandLine('fleetbeat hook Stop', input),
    ]),
  );
  const silence = { code: 0, signal: null, stdout: '', stderr: '' };
  expect(ended).toEqual(Object.keys(HOSTILE).map((name) => [name, silence]));
});

test('text that no database can store and very long text are sent as far as possible', async () => {
  await workstation.runHook('SessionStart', {});
  const prompt = `nul \u0000 and half \ud83d of ${'a pair 😀 '.repeat(50_000)}`;
  await workstation.runHook('UserPromptSubmit', { prompt });
  await workstation.runHook('Stop', { last_assistant_message: prompt });
  await workstation.waitUntilSent(programId);
  expect((await testServer.admin.sessions.get(workstation.sessionId)).status).toMatch(
    /^Turn done\. nul and half . of a pair 😀/,
  );
  expect((await testServer.admin.sessions.get(workstation.sessionId)).handover?.lastAnswer).toContain('a pair 😀');
});

test('an invalid session id is mapped to a valid one, always the same', async () => {
  for (const prompt of ['One', 'Two'])
    await workstation.runHook('UserPromptSubmit', { session_id: '../up and away', prompt });
  await workstation.waitUntilSent(programId);
  const { sessions } = await testServer.admin.sessions.list({ programId });
  expect(sessions.map(({ sessionId, status }) => [/^h-[0-9a-f]{16}$/.test(sessionId), status])).toEqual([
    [true, 'Two'],
  ]);
});

test('hooks in a folder without a connection and unknown events do nothing', async () => {
  for (const line of [
    'fleetbeat hook PostToolUse',
    'fleetbeat hook Whatever',
    'fleetbeat hook PostToolUse --program nobody',
  ])
    expect(await workstation.runCommandLine(line, '{"session_id": "s-1", "cwd": "/"}')).toEqual({
      code: 0,
      signal: null,
      stdout: '',
      stderr: '',
    });
  expect(readdirSync(join(workstation.home, '.local/state/fleetbeat'))).toEqual(['connect']);
});

test('a full or read-only disk does not fail the agent', async () => {
  const state = join(workstation.home, 'no-folder');
  writeFileSync(state, '');
  const payload = '{"session_id": "s-1", "prompt": "x"}';
  const ran = await workstation.runCommandLine('fleetbeat hook UserPromptSubmit', payload, { XDG_STATE_HOME: state });
  expect(ran).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
});

test('hook files are readable by their owner only', async () => {
  await workstation.runHook('SessionStart', {});
  await workstation.runHook('UserPromptSubmit', { prompt: 'Private' });
  await workstation.waitUntilSent(programId);
  const state = join(workstation.home, '.local/state/fleetbeat');
  for (const entry of readdirSync(state, { recursive: true, withFileTypes: true })) {
    const { mode } = statSync(join(entry.parentPath, entry.name));
    expect([entry.name, mode & 0o077]).toEqual([entry.name, 0]);
  }
  expect(statSync(connectionFile()).mode & 0o777).toBe(0o600);
});

test('reports Cursor, Gemini CLI and Codex with their own event names', async () => {
  const other = (client: string, event: string, fields: object) =>
    workstation.runCommandLine(`fleetbeat hook ${event} --client ${client}`, JSON.stringify(fields));
  const cursor = { conversation_id: 'chat', session_id: 'not-this', workspace_roots: [workstation.project] };
  const started = await other('cursor', 'sessionStart', cursor);
  expect(JSON.parse(started.stdout).additional_context).toContain(`program ${programId}`);
  await other('cursor', 'beforeSubmitPrompt', { ...cursor, prompt: 'By Cursor' });
  const gemini = { session_id: 'gem', cwd: workstation.project };
  const begun = await other('gemini', 'SessionStart', { ...gemini, source: 'startup' });
  expect(JSON.parse(begun.stdout).hookSpecificOutput).toMatchObject({ hookEventName: 'SessionStart' });
  // It fires before every model request, even if nothing is compressed.
  await other('gemini', 'PreCompress', { ...gemini, trigger: 'auto' });
  await other('gemini', 'BeforeAgent', {
    ...gemini,
    prompt: '<hook_context>Fleetbeat: this is session gem</hook_context>\n\nBy a person',
  });
  await workstation.waitUntilSent(programId);
  expect(await testServer.admin.sessions.get('gem')).toMatchObject({ status: 'By a person', handoffRequired: false });
  await other('gemini', 'AfterAgent', { ...gemini, prompt: 'By Gemini', prompt_response: 'So it is' });
  const turn = {
    type: 'agent-turn-complete',
    'thread-id': 'cdx',
    cwd: workstation.project,
    'last-assistant-message': 'Built',
  };
  expect(
    await workstation.runCommandLine(`fleetbeat hook notify --client codex '${JSON.stringify(turn)}'`),
  ).toMatchObject({
    code: 0,
  });
  await workstation.waitUntilSent(programId);
  expect((await testServer.admin.sessions.get('chat')).status).toBe('By Cursor');
  expect((await testServer.admin.sessions.get('gem')).status).toBe('Turn done. So it is');
  expect((await testServer.admin.sessions.get('cdx')).status).toBe('Turn done. Built');
  // The program's state is the agent's own to write: no turn makes a version of it.
  expect(await testServer.admin.state.read(programId)).toMatchObject({ version: 0, exists: false });
});
