import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect } from '../../support/sql.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

let server: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
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
  workstation = createWorkstation(cli.bin, server.url);
  const { programId: program, key } = await server.createProgram();
  programId = program;
  await workstation.runCommandLine('fleetbeat connect claude-code --yes', '', { FLEETBEAT_KEY: key });
  await workstation.runHook('SessionStart', {});
});
afterEach(() => workstation.remove());

const send = (text: string) => server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text });
const getHookOutput = async (event: string, fields: object = {}): Promise<string> =>
  (await workstation.runHook(event, { ...fields })).stdout;
const getContext = (output: string): string => JSON.parse(output).hookSpecificOutput.additionalContext;

test('the next tool use delivers waiting messages once, even within 30 seconds of another', async () => {
  expect(await getHookOutput('PostToolUse')).toBe('');
  const { messageId } = await send('Use port 8787');
  const output = await getHookOutput('PostToolUse', { tool_name: 'Bash' });
  expect(JSON.parse(output).hookSpecificOutput.hookEventName).toBe('PostToolUse');
  expect(getContext(output)).toContain(`from an admin, a person of this account (${messageId}):\n  | Use port 8787`);
  expect(await getHookOutput('PostToolUse')).toBe('');
  expect(await getHookOutput('UserPromptSubmit', { prompt: 'Go on' })).toBe('');
  // Delivery is not acknowledgement: unless the agent acknowledges it, the next run gets it again.
  expect(await getHookOutput('SessionStart', { session_id: 'next' })).toContain('Use port 8787');
});

test('one of several concurrent hooks delivers a message', async () => {
  await send('Once');
  const outputs = await Promise.all(Array.from({ length: 6 }, () => getHookOutput('PostToolUse')));
  expect(outputs.filter((output) => output.includes('Once'))).toHaveLength(1);
});

test('many messages arrive in parts, answers first and people before programs, and none is lost', async () => {
  const { key } = await server.createProgram();
  await server.client(key).messages.send({ to: programId, kind: 'STATUS', text: 'of a program' });
  const texts = Array.from({ length: 4 }, (_, index) => `part ${index} ${'x'.repeat(1_500)}`);
  for (const text of texts) await send(text);
  const asked = await server.client(await ownKey()).messages.send({ to: '*', kind: 'QUERY', text: 'Which?' });
  await server.admin.messages.send({ to: programId, kind: 'RESULT', text: 'The second', replyTo: asked.messageId });
  const parts: string[] = [];
  for (let output = await getHookOutput('PostToolUse'); output !== ''; output = await getHookOutput('PostToolUse'))
    parts.push(getContext(output));
  for (const part of parts) expect(part.length).toBeLessThan(4_500);
  expect(parts[0]).toMatch(/^Fleetbeat: new messages[^\n]*\n- RESULT in answer to /);
  expect(parts[0]).toContain('more come with your next tools');
  const whole = parts.join('\n');
  for (const text of [...texts, 'of a program', 'The second']) expect(whole.split(text)).toHaveLength(2);
});

test('an agent that acknowledges nothing is told its newest message, however many stay unread', async () => {
  const readAll = async () => {
    let whole = '';
    for (let output = await getHookOutput('PostToolUse'); output !== ''; output = await getHookOutput('PostToolUse'))
      whole += getContext(output);
    return whole;
  };
  const count = 130;
  for (let number = 0; number < count; number++) await send(`number ${number}.`);
  const whole = await readAll();
  for (let number = 0; number < count; number++) expect(whole.split(`| number ${number}.`)).toHaveLength(2);
  await send('the newest');
  expect(await readAll()).toContain('| the newest');
  expect(await readAll()).toBe('');
});

const ownKey = async () => (await server.admin.keys.create({ programId })).key;

test('waiting messages continue a turn that ends, at most eight times without a person', async () => {
  expect(await getHookOutput('Stop')).toBe('');
  for (let turn = 1; turn <= 8; turn++) {
    await send(`Turn ${turn}`);
    expect(JSON.parse(await getHookOutput('Stop'))).toEqual({
      decision: 'block',
      reason: expect.stringContaining(`Turn ${turn}`),
    });
  }
  const { client: other, programId: sender } = await server.createProgram();
  await other.messages.send({ to: programId, kind: 'STATUS', text: 'One too many' });
  expect(await getHookOutput('Stop')).toBe('');
  await workstation.waitUntilSent(programId);
  const [session] = (await server.admin.sessions.list({ programId })).sessions;
  expect(session).toMatchObject({
    state: 'blocked',
    status: 'Stopped after 8 turns without a person; messages that wait: 1',
  });
  expect(await readTurnLimits()).toEqual([
    { programId, sessionId: workstation.sessionId, data: { turns: 8, waitingMessages: 1, senders: [sender] } },
  ]);
  expect(getContext(await getHookOutput('UserPromptSubmit', { prompt: 'I am here' }))).toContain('One too many');
  await send('Again');
  expect(await getHookOutput('Stop')).toContain('Again');
  await workstation.waitUntilSent(programId);
  expect((await server.admin.sessions.get(workstation.sessionId)).state).toBe('working');
});

/** The events that an agent of the program went on by itself too often. */
async function readTurnLimits() {
  const sql = await connect(server.database);
  const rows = await sql.query("SELECT programId, sessionId, data FROM events WHERE kind = 'turn-limit'");
  await sql.close();
  return rows
    .filter((row) => row['programId'] === programId)
    .map(({ data, ...row }) => ({ ...row, data: JSON.parse(String(data)) }));
}

test("a subagent gets none of its agent's messages, and unread output loses none", async () => {
  await send('For the agent');
  expect(await getHookOutput('PostToolUse', { agent_id: 'sub-1' })).toBe('');
  const fields = JSON.stringify({ session_id: workstation.sessionId, cwd: workstation.project });
  await workstation.runCommandLine('fleetbeat hook PostToolUse >/dev/null', fields);
  expect(await getHookOutput('PostToolUse')).toContain('For the agent');
});

test('a message whose hook was killed before it printed is told by the next; that of a running hook is not', async () => {
  const { messageId } = await send('Claimed by a dead hook');
  const folder = join(workstation.home, '.local/state/fleetbeat/hooks/sessions', programId, workstation.sessionId);
  const claim = join(folder, `telling.${messageId}`);
  writeFileSync(claim, String(process.pid));
  expect(await getHookOutput('PostToolUse')).toBe('');
  await workstation.waitUntilSent(programId);
  expect(await readDelivered()).toEqual([null]);
  // No process has this pid: it exceeds the maximum of Linux and macOS.
  writeFileSync(claim, String(2 ** 30));
  const outputs = await Promise.all(Array.from({ length: 4 }, () => getHookOutput('PostToolUse')));
  expect(outputs.filter((output) => output.includes('Claimed by a dead hook'))).toHaveLength(1);
  await workstation.waitUntilSent(programId);
  expect(await readDelivered()).toEqual([expect.any(String)]);
});

test('what was printed when nobody read it any longer is told by the next hook', async () => {
  await send('For whoever reads');
  const fields = JSON.stringify({ session_id: workstation.sessionId, cwd: workstation.project, tool_name: 'Read' });
  await workstation.runCommandLine('fleetbeat hook PostToolUse | true', fields);
  expect(await getHookOutput('PostToolUse')).toContain('For whoever reads');
});

test('a claim that its hook was killed in the middle of writing holds no message back', async () => {
  const { messageId } = await send('Claimed by nobody');
  const folder = join(workstation.home, '.local/state/fleetbeat/hooks/sessions', programId, workstation.sessionId);
  const claim = join(folder, `telling.${messageId}`);
  writeFileSync(claim, '');
  const writtenAt = Date.now() / 1_000 - 3;
  utimesSync(claim, writtenAt, writtenAt);
  const outputs = await Promise.all(Array.from({ length: 4 }, () => getHookOutput('PostToolUse')));
  expect(outputs.filter((output) => output.includes('Claimed by nobody'))).toHaveLength(1);
});

test('what a start has shown is delivered; what did not fit comes with the next tool, and is delivered then', async () => {
  const sessionId = `${workstation.sessionId}-next`;
  for (const part of ['first', 'second']) await send(`${part} ${'x'.repeat(1_900)}`);
  const shown = await getHookOutput('SessionStart', { session_id: sessionId });
  expect(shown).toContain('| first xxx');
  expect(shown).not.toContain('| second xxx');
  expect(shown).toContain('1 more come with your next tools');
  await workstation.waitUntilSent(programId);
  expect(await readDelivered()).toEqual([expect.any(String), null]);
  expect(await getHookOutput('PostToolUse', { session_id: sessionId })).toContain('second');
  await workstation.waitUntilSent(programId);
  expect(await readDelivered()).toEqual([expect.any(String), expect.any(String)]);
});

/** When the messages of the inbox were delivered, the oldest first. */
const readDelivered = async () =>
  (await server.admin.messages.list({ programId })).messages.map(({ deliveredAt }) => deliveredAt);
