import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { eventually } from '../../support/eventually.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

let server: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
let proxy: CuttableProxy;
let workstation: Workstation;
let programId: string;
let sessionId: string;
beforeAll(async () => {
  [server, cli] = await Promise.all([startTestServer(), buildCli()]);
  proxy = await startProxy(server.url);
});
afterAll(async () => {
  cli.remove();
  await proxy.close();
  await server.close();
});
beforeEach(() => {
  workstation = createWorkstation(cli.bin, proxy.url);
  sessionId = workstation.sessionId;
});
afterEach(async () => {
  await proxy.restore();
  await workstation.remove();
});

const connectionFile = () => join(workstation.home, `.config/fleetbeat/programs/${programId}.json`);
const readConnection = () => JSON.parse(readFileSync(connectionFile(), 'utf8'));
const changeConnection = (change: object) =>
  writeFileSync(connectionFile(), JSON.stringify({ ...readConnection(), ...change }));

/** A session that works on "Deploy"; `options` are those of connect. */
async function startSession(options = ''): Promise<void> {
  const program = await server.createProgram();
  programId = program.programId;
  const { code, stderr } = await workstation.runCommandLine(`fleetbeat connect claude-code --yes ${options}`, '', {
    FLEETBEAT_KEY: program.key,
  });
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  await workstation.runHook('SessionStart', {});
  await workstation.runHook('UserPromptSubmit', { prompt: 'Deploy' });
  await workstation.waitUntilSent(programId);
}

const COMMAND = 'npm publish --dry-run \\\n  --tag "next"';
const toCall = (command = COMMAND) => ({ tool_name: 'Bash', tool_input: { command, description: 'publishes' } });

/** A dialog of the agent, open until its hook ends. */
const openDialog = (fields: object = toCall()) => workstation.runHook('PermissionRequest', { ...fields });

/** Like `openDialog`, with a process that can be killed. */
function spawnDialog(): { process: ReturnType<typeof spawn>; output: Promise<string> } {
  const child = spawn('fleetbeat', ['hook', 'PermissionRequest'], {
    cwd: workstation.project,
    env: { ...workstation.environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.end(JSON.stringify({ session_id: sessionId, cwd: workstation.project, ...toCall() }));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return { process: child, output: once(child, 'close').then(() => text) };
}

const listOpen = async () => (await server.admin.questions.list({ programId })).questions;
const untilAsked = (count = 1) =>
  eventually(async () => {
    const questions = await listOpen();
    return questions.length === count && questions[0];
  });
const readSession = async () => {
  const { state, status } = await server.admin.sessions.get(sessionId);
  return { state, status };
};
/** Resolves when the hook of a dialog has begun to follow it. */
const untilFollowed = () =>
  eventually(async () => {
    const folder = join(workstation.home, '.local/state/fleetbeat/hooks/sessions', programId, sessionId);
    return readdirSync(folder).some((name) => name.startsWith('dialog.'));
  });
const parseDecision = (stdout: string) => JSON.parse(stdout).hookSpecificOutput;
const readState = async (questionId: string) => (await server.admin.questions.get(questionId)).state;

test('a permission dialog opens a question with its tool and its command, to the character', async () => {
  await startSession('--allow-from-afar yes');
  const dialog = openDialog();
  const question = await untilAsked();
  expect(question).toMatchObject({
    kind: 'permission',
    sessionId,
    title: 'Bash: npm publish --dry-run \\ --tag "next"',
    details: [
      { label: 'Tool', value: 'Bash' },
      { label: 'Command', value: COMMAND },
      { label: 'Description', value: 'publishes' },
    ],
    options: ['allow', 'deny'],
  });
  expect(await readSession()).toEqual({ state: 'blocked', status: question.title });
  await server.admin.questions.answer(question.questionId, { option: 'allow' });
  expect(parseDecision((await dialog).stdout)).toEqual({
    hookEventName: 'PermissionRequest',
    decision: { behavior: 'allow' },
  });
  expect(await readSession()).toEqual({ state: 'working', status: 'Deploy' });
});

test('a refusal reaches the agent with its reason, and of two answers the first', async () => {
  await startSession('--allow-from-afar yes');
  const dialog = openDialog();
  const { questionId } = await untilAsked();
  await server.admin.questions.answer(questionId, { option: 'deny', text: 'Not from this branch' });
  await expect(server.admin.questions.answer(questionId, { option: 'allow' })).rejects.toMatchObject({
    kind: 'question-answered',
  });
  const { decision } = parseDecision((await dialog).stdout);
  expect(decision).toEqual({ behavior: 'deny', message: expect.stringMatching(/denied.*: Not from this branch$/) });
});

test('unless the person at the machine has agreed, nothing allows from afar', async () => {
  await startSession();
  const dialog = openDialog();
  const { questionId, options, details } = await untilAsked();
  expect(options).toEqual(['deny']);
  expect(details.at(-1)).toEqual({ label: 'Allow it', value: expect.stringContaining('at its own terminal') });
  await expect(server.admin.questions.answer(questionId, { option: 'allow' })).rejects.toMatchObject({ status: 400 });
  // Words are no permission: they tell the agent what to do instead.
  await server.admin.questions.answer(questionId, { text: 'allow' });
  expect(parseDecision((await dialog).stdout).decision.behavior).toBe('deny');
});

test('taken back while the dialog is open, "allow" leaves the decision to the dialog', async () => {
  await startSession('--allow-from-afar yes');
  const dialog = openDialog();
  const { questionId } = await untilAsked();
  changeConnection({ allowFromAfar: false });
  await server.admin.questions.answer(questionId, { option: 'allow' });
  // The agent still waits for its user, and is seen to.
  await eventually(async () => (await readSession()).state === 'blocked');
  await workstation.runHook('PostToolUse', toCall());
  expect(await dialog).toMatchObject({ code: 0, stdout: '' });
});

test("the dialog's own answer withdraws the question: its tool ran, or it was refused", async () => {
  await startSession('--allow-from-afar yes');
  const allowed = openDialog();
  const first = await untilAsked();
  await workstation.runHook('PostToolUse', { ...toCall(), tool_response: {} });
  expect(await allowed).toMatchObject({ code: 0, stdout: '' });
  await workstation.waitUntilSent(programId);
  expect(await readState(first.questionId)).toBe('withdrawn');
  expect(await readSession()).toEqual({ state: 'working', status: 'Deploy · Bash' });

  const refused = spawnDialog();
  const second = await untilAsked();
  refused.process.kill('SIGTERM');
  expect(await refused.output).toBe('');
  await workstation.waitUntilSent(programId);
  expect(await readState(second.questionId)).toBe('withdrawn');
  expect(await readSession()).toEqual({ state: 'working', status: 'Interrupted: Deploy' });
});

test('a hook that was killed leaves no question behind when the turn is over', async () => {
  await startSession();
  const dialog = spawnDialog();
  const { questionId } = await untilAsked();
  dialog.process.kill('SIGKILL');
  await dialog.output;
  await workstation.runHook('Stop', { last_assistant_message: 'Done' });
  await workstation.waitUntilSent(programId);
  expect(await readState(questionId)).toBe('withdrawn');
  expect(await readSession()).toEqual({ state: 'working', status: 'Turn done. Done' });
});

test('of two dialogs at once each has a question, and the session is blocked until both are over', async () => {
  await startSession('--allow-from-afar yes');
  const dialogs = [openDialog(toCall('make one')), openDialog(toCall('make two'))] as const;
  await untilAsked(2);
  await workstation.runHook('PostToolUse', toCall('make one'));
  expect((await dialogs[0]).stdout).toBe('');
  await workstation.waitUntilSent(programId);
  const left = await untilAsked();
  expect(left.title).toBe('Bash: make two');
  expect((await readSession()).state).toBe('blocked');
  await server.admin.questions.answer(left.questionId, { option: 'allow' });
  expect(parseDecision((await dialogs[1]).stdout).decision).toEqual({ behavior: 'allow' });
  expect((await readSession()).state).toBe('working');
});

test('while the server is away the dialog decides, and its answer withdraws the question later', async () => {
  await startSession('--allow-from-afar yes');
  const dialog = openDialog();
  const { questionId } = await untilAsked();
  await proxy.cut();
  await workstation.runHook('PostToolUse', toCall());
  expect(await dialog).toMatchObject({ code: 0, stdout: '' });
  const during = openDialog(toCall('make two'));
  await untilFollowed();
  await workstation.runHook('PostToolUse', toCall('make two'));
  expect(await during).toMatchObject({ code: 0, stdout: '' });
  expect(await readState(questionId)).toBe('open');
  await proxy.restore();
  await eventually(async () => (await workstation.runCommandLine('fleetbeat hook flush')).code === 0);
  expect(await readState(questionId)).toBe('withdrawn');
  expect((await readSession()).state).toBe('working');
});

test('a dialog that opened while the server was away is asked about when it is back', async () => {
  await startSession('--allow-from-afar yes');
  await proxy.cut();
  const dialog = openDialog();
  await untilFollowed();
  // The first try is refused at once; a later one, or this one where the machine is slow, finds the server.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await proxy.restore();
  const { questionId } = await untilAsked();
  await server.admin.questions.answer(questionId, { option: 'allow' });
  expect(parseDecision((await dialog).stdout).decision).toEqual({ behavior: 'allow' });
  expect(await readSession()).toEqual({ state: 'working', status: 'Deploy' });
});

test('a server that comes back delivers the answer that was given meanwhile', async () => {
  await startSession('--allow-from-afar yes');
  const dialog = openDialog();
  const { questionId } = await untilAsked();
  await proxy.cut();
  await server.admin.questions.answer(questionId, { option: 'allow' });
  await proxy.restore();
  expect(parseDecision((await dialog).stdout).decision).toEqual({ behavior: 'allow' });
});

test('a refused key, an expired and a withdrawn question leave the decision to the dialog, and the session blocked', async () => {
  await startSession('--allow-from-afar yes');
  const { key } = readConnection();
  changeConnection({ key: 'fb_nobody_0123456789abcdef0123456789abcdef' });
  const refused = openDialog();
  await untilFollowed();
  await workstation.runHook('PostToolUse', toCall());
  expect(await refused).toMatchObject({ code: 0, stdout: '' });
  expect(await listOpen()).toEqual([]);
  changeConnection({ key });
  await workstation.runCommandLine('fleetbeat hook flush');

  for (const close of [
    (questionId: string) => server.admin.questions.withdraw(questionId),
    async () => server.clock.advance(25 * 3_600_000),
  ]) {
    const dialog = openDialog();
    const { questionId } = await untilAsked();
    await close(questionId);
    await eventually(async () => (await readState(questionId)) !== 'open');
    await eventually(async () => (await readSession()).state === 'blocked');
    await workstation.runHook('PostToolUse', toCall());
    expect(await dialog).toMatchObject({ code: 0, stdout: '' });
    await workstation.waitUntilSent(programId);
  }
});

test('what a person would not see whole, or cannot answer so, nobody allows from afar', async () => {
  await startSession('--allow-from-afar yes');
  const long = openDialog(toCall(`echo ${'x'.repeat(8_000)}; rm -rf /`));
  const { questionId, options } = await untilAsked();
  expect(options).toEqual(['deny']);
  await server.admin.questions.answer(questionId, { option: 'deny' });
  await long;
  const hidden = openDialog(toCall('echo \u001b[8mhidden\u0000'));
  const { details } = await untilAsked();
  expect(details[1]?.value).toBe(JSON.stringify('echo \u001b[8mhidden\u0000'));
  await workstation.runHook('UserPromptSubmit', { prompt: 'Never mind' });
  await hidden;
  const asked = openDialog({ tool_name: 'AskUserQuestion', tool_input: { questions: [{ question: 'Which?' }] } });
  await eventually(async () => (await readSession()).state === 'blocked');
  await workstation.runHook('UserPromptSubmit', { prompt: 'The first' });
  await asked;
  await workstation.waitUntilSent(programId);
  expect(await listOpen()).toEqual([]);
});

test('what connect was told is kept on the machine, and undo forgets it', async () => {
  await startSession();
  expect(readConnection()).not.toHaveProperty('allowFromAfar');
  const connect = (options: string) => workstation.runCommandLine(`fleetbeat connect claude-code ${options}`, '', {});
  await connect('--yes --allow-from-afar yes');
  await connect('--yes');
  expect(readConnection().allowFromAfar).toBe(true);
  await connect('--yes --allow-from-afar no');
  expect(readConnection().allowFromAfar).toBe(false);
  await connect('--yes --allow-from-afar yes');
  // Another agent of the program still needs the connection.
  await workstation.runCommandLine('fleetbeat connect gemini --yes', '', {});
  await connect('--undo --yes');
  expect(readConnection()).toMatchObject({ key: expect.any(String) });
  expect(readConnection()).not.toHaveProperty('allowFromAfar');
});
