import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

let server: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
let workstation: Workstation;
let programId: string;
let key: string;
beforeAll(async () => {
  [server, cli] = await Promise.all([startTestServer(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await server.close();
});
beforeEach(async () => {
  workstation = createWorkstation(cli.bin, server.url);
  ({ programId, key } = await server.createProgram());
});
afterEach(() => workstation.remove());

const connect = (options = '') =>
  workstation.runCommandLine(`fleetbeat connect claude-code --yes ${options}`, '', { FLEETBEAT_KEY: key });
const readSettings = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const local = () => join(workstation.project, '.claude/settings.local.json');
const write = (file: string, settings: object) => {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
};

/** Runs what the settings say, as Claude Code does. */
function runStatusLine(windowTokens: number) {
  const input = {
    session_id: workstation.sessionId,
    workspace: { project_dir: workstation.project },
    context_window: { context_window_size: windowTokens },
    cost: { total_cost_usd: 1.25 },
  };
  return workstation.runCommandLine(readSettings(local()).statusLine.command, JSON.stringify(input));
}

test("a person's own status line is shown unchanged, wherever it stands, and is back after undo", async () => {
  const own = `printf '%s' "it's mine: $(wc -c | tr -d ' ') $HOME"`;
  const personal = join(workstation.home, '.claude/settings.json');
  write(personal, { statusLine: { type: 'command', command: 'echo personal; echo "two lines"' } });
  await connect();
  expect((await runStatusLine(200_000)).stdout).toBe('personal\ntwo lines\n');
  await connect('--undo');

  const before = { statusLine: { type: 'command', command: own, padding: 2 } };
  write(local(), before);
  await connect();
  expect(readSettings(local()).statusLine).toMatchObject({
    padding: 2,
    command: expect.stringContaining('hook statusline'),
  });
  expect((await runStatusLine(200_000)).stdout).toMatch(new RegExp(`^it's mine: \\d+ ${workstation.home}$`));
  await connect();
  // The agent has written to the file meanwhile.
  write(local(), { ...readSettings(local()), enabledMcpjsonServers: ['fleetbeat'] });
  await connect('--undo');
  expect(readSettings(local())).toEqual({ ...before, enabledMcpjsonServers: ['fleetbeat'] });
});

test('the window and the cost that the status line was told are those of the session', async () => {
  await connect();
  await workstation.runHook('SessionStart', {});
  expect(await runStatusLine(500_000)).toMatchObject({ code: 0, stdout: '' });
  const transcript = join(workstation.home, 'transcript.jsonl');
  const usage = { input_tokens: 25_000, cache_read_input_tokens: 100_000, output_tokens: 30_000 };
  writeFileSync(transcript, JSON.stringify({ type: 'assistant', message: { usage } }));
  await workstation.runHook('Stop', { transcript_path: transcript });
  await workstation.waitUntilSent(programId);
  expect(await server.admin.sessions.get(workstation.sessionId)).toMatchObject({
    contextUsedPercent: 25,
    handover: { costUsd: 1.25 },
  });
});

test('with --wake one process waits beside an idle agent, and ends with 2 and the messages', async () => {
  await connect('--wake');
  const [{ hooks }] = readSettings(join(workstation.project, '.claude/settings.json')).hooks.Stop;
  const { command, asyncRewake } = hooks[1];
  expect(asyncRewake).toBe(true);
  const input = JSON.stringify({ session_id: workstation.sessionId, cwd: workstation.project });
  // `claude -p` would be held up by it.
  expect(await workstation.runCommandLine(command, input, { CLAUDE_CODE_ENTRYPOINT: 'sdk-cli' })).toMatchObject({
    code: 0,
    stderr: '',
  });
  await workstation.runHook('SessionStart', {});
  await workstation.runHook('Stop', {});
  const startWaiter = () => {
    const child = spawn('sh', ['-c', command], {
      cwd: workstation.project,
      env: { ...workstation.environment, FLEETBEAT_WAKE_HEARTBEAT_MS: '1' },
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    child.stdin.end(input);
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    return once(child, 'close').then(([code]) => ({ code, told }));
  };
  const first = startWaiter();
  const waiter = join(
    workstation.home,
    '.local/state/fleetbeat/hooks/sessions',
    programId,
    workstation.sessionId,
    'waiter',
  );
  await eventually(async () => existsSync(waiter));
  const second = startWaiter();
  expect(await first).toEqual({ code: 0, told: '' });
  const { lastHeartbeat } = await server.admin.sessions.get(workstation.sessionId);
  const beaten = await eventually(async () => {
    const session = await server.admin.sessions.get(workstation.sessionId);
    return session.lastHeartbeat > lastHeartbeat ? session : undefined;
  });
  expect(beaten).toMatchObject({ idle: true, status: 'Turn done.' });
  await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'Wake up' });
  expect(await second).toEqual({ code: 2, told: expect.stringContaining('| Wake up') });
  await workstation.waitUntilSent(programId);
  const { messages } = await server.admin.messages.list({ programId });
  expect(messages).toMatchObject([{ deliveredAt: expect.any(String) }]);
  // The turn that it begins reports itself, so the next waiter waits until that has ended.
  await workstation.runHook('UserPromptSubmit', { prompt: 'Go on' });
  await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'While it works' });
  const third = startWaiter();
  await workstation.runHook('SessionEnd', {});
  expect(await third).toEqual({ code: 0, told: '' });
});

test('a message that could not be read when it came wakes the agent once it can', async () => {
  await connect('--wake');
  const [{ hooks }] = readSettings(join(workstation.project, '.claude/settings.json')).hooks.Stop;
  await workstation.runHook('SessionStart', {});
  await workstation.runHook('Stop', {});
  await workstation.waitUntilSent(programId);
  await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'Sent in an outage' });
  // The last look failed, so that none is made for thirty seconds: nearly over.
  const sessions = join(workstation.home, '.local/state/fleetbeat/hooks/sessions', programId);
  writeFileSync(join(sessions, workstation.sessionId, 'inboxFailed'), String(Date.now() - 28_000));
  const input = JSON.stringify({ session_id: workstation.sessionId, cwd: workstation.project });
  expect(await workstation.runCommandLine(hooks[1].command, input, {})).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('| Sent in an outage'),
  });
});
