import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { buildCli, newPerson, type Person } from '../../support/person.ts';

let house: TestHouse;
let cli: Awaited<ReturnType<typeof buildCli>>;
let person: Person;
let programId: string;
beforeAll(async () => {
  [house, cli] = await Promise.all([openTestHouse(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await house.close();
});
beforeEach(async () => {
  person = newPerson(cli.bin, house.url);
  const { programId: program, key } = await house.program();
  programId = program;
  await person.types('fleetbeat connect claude-code --yes', '', { FLEETBEAT_KEY: key });
});
afterEach(() => person.leave());

const connectionFile = () => join(person.home, `.config/fleetbeat/programs/${programId}.json`);
const sessionFile = (name: string) =>
  join(person.home, '.local/state/fleetbeat/hooks/sessions', programId, person.session, name);

/** A server that counts what it is asked, and answers as the house does. */
async function counting(): Promise<{ server: Server; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const body = await new Response(ReadableOf(request)).text();
    const answer = await fetch(new URL(request.url ?? '/', house.url), {
      method: request.method ?? 'GET',
      headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
      ...(body && { body }),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  }).listen(0, '127.0.0.1');
  await eventually(async () => server.listening);
  return { server, asked };
}
const ReadableOf = (stream: AsyncIterable<Uint8Array>) => ReadableStream.from(stream);

test('of many tool uses in 30 seconds one is told, however many run at once', async () => {
  await person.hook('SessionStart', {});
  const { server, asked } = await counting();
  const { port } = server.address() as AddressInfo;
  const connection = { url: `http://127.0.0.1:${port}`, key: (await house.admin.keys.create({ programId })).key };
  writeFileSync(connectionFile(), JSON.stringify(connection));
  await Promise.all(Array.from({ length: 8 }, () => person.hook('PostToolUse', { tool_name: 'Bash' })));
  await person.sent(programId);
  const heartbeat = `PATCH /v1/sessions/${person.session}`;
  expect(asked).toEqual([heartbeat]);
  const halfAMinuteAgo = Date.now() / 1000 - 31;
  utimesSync(sessionFile('beat'), halfAMinuteAgo, halfAMinuteAgo);
  await person.hook('PostToolUse', { tool_name: 'Read' });
  await person.sent(programId);
  expect(asked).toEqual([heartbeat, heartbeat]);
  server.closeAllConnections();
  server.close();
});

test('a heartbeat keeps the session alive, and a hook that was killed on the way stops none', async () => {
  await person.hook('SessionStart', {});
  house.clock.advance(14 * 60_000);
  // Left by a hook that was killed.
  writeFileSync(sessionFile('beat.lock'), '');
  utimesSync(sessionFile('beat.lock'), Date.now() / 1000 - 60, Date.now() / 1000 - 60);
  await person.hook('PostToolUse', { tool_name: 'Bash' });
  await person.hook('PostToolUse', { tool_name: 'Bash' });
  await person.sent(programId);
  house.clock.advance(14 * 60_000);
  expect(await house.admin.sessions.get(person.session)).toMatchObject({ stale: false, status: 'Working · Bash' });
});

test('a sender that was killed holds nobody up', async () => {
  const folder = join(person.home, '.local/state/fleetbeat/hooks/spool', programId);
  mkdirSync(folder, { recursive: true });
  // No process has this number: it is larger than any that Linux or macOS gives.
  writeFileSync(join(folder, 'sender.lock'), String(2 ** 30));
  await person.hook('UserPromptSubmit', { prompt: 'After it' });
  await person.sent(programId);
  expect((await house.admin.sessions.get(person.session)).status).toBe('After it');
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

test('whatever comes on standard input, the hook ends with 0 and prints nothing', async () => {
  const ended = await Promise.all(
    Object.entries(HOSTILE).map(async ([name, input]) => [name, await person.types('fleetbeat hook Stop', input)]),
  );
  const silence = { code: 0, signal: null, stdout: '', stderr: '' };
  expect(ended).toEqual(Object.keys(HOSTILE).map((name) => [name, silence]));
});

test('words that no database keeps, and very long ones, are told as far as they can be', async () => {
  await person.hook('SessionStart', {});
  const prompt = `nul \u0000 and half \ud83d of ${'a pair 😀 '.repeat(50_000)}`;
  await person.hook('UserPromptSubmit', { prompt });
  await person.hook('Stop', { last_assistant_message: prompt });
  await person.sent(programId);
  expect((await house.admin.sessions.get(person.session)).status).toMatch(/^Turn done\. nul and half . of a pair 😀/);
  expect((await house.admin.state.read(programId)).contextSummary.handoffNotes).toContain('a pair 😀');
});

test('an id that the server would not take becomes one that it takes, the same each time', async () => {
  for (const prompt of ['One', 'Two']) await person.hook('UserPromptSubmit', { session_id: '../up and away', prompt });
  await person.sent(programId);
  const { sessions } = await house.admin.sessions.list({ programId });
  expect(sessions.map(({ sessionId, status }) => [/^h-[0-9a-f]{16}$/.test(sessionId), status])).toEqual([
    [true, 'Two'],
  ]);
});

test('hooks of a folder that is not connected, and unknown events, do nothing', async () => {
  for (const line of [
    'fleetbeat hook PostToolUse',
    'fleetbeat hook Whatever',
    'fleetbeat hook PostToolUse --program nobody',
  ])
    expect(await person.types(line, '{"session_id": "s-1", "cwd": "/"}')).toEqual({
      code: 0,
      signal: null,
      stdout: '',
      stderr: '',
    });
  expect(readdirSync(join(person.home, '.local/state/fleetbeat'))).toEqual(['connect']);
});

test('a full or unwritable disk fails no agent', async () => {
  const state = join(person.home, 'no-folder');
  writeFileSync(state, '');
  const said = '{"session_id": "s-1", "prompt": "x"}';
  const ran = await person.types('fleetbeat hook UserPromptSubmit', said, { XDG_STATE_HOME: state });
  expect(ran).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
});

test('everything that hooks keep is readable by its owner alone', async () => {
  await person.hook('SessionStart', {});
  await person.hook('UserPromptSubmit', { prompt: 'Private' });
  await person.sent(programId);
  const state = join(person.home, '.local/state/fleetbeat');
  for (const entry of readdirSync(state, { recursive: true, withFileTypes: true })) {
    const { mode } = statSync(join(entry.parentPath, entry.name));
    expect([entry.name, mode & 0o077]).toEqual([entry.name, 0]);
  }
  expect(statSync(connectionFile()).mode & 0o777).toBe(0o600);
});

test('Cursor, Gemini CLI and Codex are told of in their own words', async () => {
  const other = (client: string, event: string, fields: object) =>
    person.types(`fleetbeat hook ${event} --client ${client}`, JSON.stringify(fields));
  const cursor = { conversation_id: 'chat', session_id: 'not-this', workspace_roots: [person.project] };
  const started = await other('cursor', 'sessionStart', cursor);
  expect(JSON.parse(started.stdout).additional_context).toContain(`program ${programId}`);
  await other('cursor', 'beforeSubmitPrompt', { ...cursor, prompt: 'By Cursor' });
  const gemini = { session_id: 'gem', cwd: person.project };
  const begun = await other('gemini', 'SessionStart', { ...gemini, source: 'startup' });
  expect(JSON.parse(begun.stdout).hookSpecificOutput).toMatchObject({ hookEventName: 'SessionStart' });
  await other('gemini', 'AfterAgent', { ...gemini, prompt: 'By Gemini', prompt_response: 'So it is' });
  const turn = {
    type: 'agent-turn-complete',
    'thread-id': 'cdx',
    cwd: person.project,
    'last-assistant-message': 'Built',
  };
  expect(await person.types(`fleetbeat hook notify --client codex '${JSON.stringify(turn)}'`)).toMatchObject({
    code: 0,
  });
  await person.sent(programId);
  expect((await house.admin.sessions.get('chat')).status).toBe('By Cursor');
  expect((await house.admin.sessions.get('gem')).status).toBe('Turn done. So it is');
  expect((await house.admin.sessions.get('cdx')).status).toBe('Turn done. Built');
  expect((await house.admin.state.read(programId)).contextSummary.lastTask).toBe('By Gemini');
});
