import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startScriptedAgent } from '../../support/scripted-agent.ts';
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
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '-m', 'first');
});
afterEach(() => workstation.remove());

const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...words], {
    cwd: workstation.project,
    encoding: 'utf8',
  }).trim();
const edit = (name: string) => writeFileSync(join(workstation.project, name), 'edited\n');
const readSession = (sessionId: string) => server.admin.sessions.get(sessionId);

test('the end of a turn leaves facts with the session, which is idle then, and makes no version of the state', async () => {
  const id = workstation.sessionId;
  await workstation.runHook('SessionStart', {});
  const task = await server.admin.tasks.create({ target: programId, title: 'Mend it', instructions: 'Now' });
  const { key } = await server.admin.keys.create({ programId });
  await server.client(key).tasks.claim(task.taskId, id);
  await workstation.runHook('UserPromptSubmit', { prompt: 'Mend it' });
  await workstation.runHook('PostToolUseFailure', {
    tool_name: 'Bash',
    tool_input: { command: 'npm test' },
    error: 'Exit code 1',
  });
  edit('mended.ts');
  await workstation.runHook('Stop', { last_assistant_message: 'Half of it' });
  await workstation.waitUntilSent(programId);
  expect(await readSession(id)).toMatchObject({
    idle: true,
    status: 'Turn done. Half of it',
    handover: {
      lastPrompt: 'Mend it',
      lastAnswer: 'Half of it',
      lastCommands: [{ command: 'npm test', outcome: 'failed', exitCode: 1 }],
      claimedTasks: [{ taskId: task.taskId, title: 'Mend it' }],
      workingTree: {
        branch: 'main',
        commit: git('rev-parse', 'HEAD'),
        changedFiles: ['mended.ts'],
        changedFileCount: 1,
      },
    },
  });
  expect(await server.admin.state.read(programId)).toMatchObject({ version: 0, exists: false });
  await workstation.runHook('UserPromptSubmit', { prompt: 'The other half' });
  await workstation.waitUntilSent(programId);
  expect(await readSession(id)).toMatchObject({ idle: false, status: 'The other half' });
});

test('a successor of a killed agent harvests what it left, and is told what it verified and what it did not', async () => {
  const first = startScriptedAgent(workstation, 'killed-1');
  await first.emitEvent('SessionStart');
  await first.emitEvent('UserPromptSubmit', { prompt: 'Mend it' });
  await first.emitEvent('PostToolUse', { tool_name: 'Bash', tool_input: { command: 'make' }, tool_response: {} });
  edit('half.ts');
  await workstation.waitUntilSent(programId);
  await first.kill();
  const second = startScriptedAgent(workstation, 'killed-2');
  const { context } = await second.emitEvent('SessionStart');
  await second.kill();
  expect(context).toContain('killed-1, was killed');
  expect(context).toContain('Verified now: branch, commit and changed files are as it left them.');
  expect(context).toMatch(/Only claimed[\s\S]*Last prompt: Mend it[\s\S]*\| make \(succeeded\)/);
  expect(await readSession('killed-1')).toMatchObject({
    completeReason: 'killed',
    successor: 'killed-2',
    handover: { lastPrompt: 'Mend it', workingTree: { changedFiles: ['half.ts'] } },
  });
});

test('what has changed since the last run is told as diverged', async () => {
  await workstation.runHook('SessionStart', { session_id: 'left' });
  edit('one.ts');
  await workstation.runHook('SessionEnd', { session_id: 'left', reason: 'other' });
  await workstation.waitUntilSent(programId);
  git('add', '.');
  git('commit', '--quiet', '-m', 'by somebody else');
  edit('two.ts');
  const { stdout } = await workstation.runHook('SessionStart', { session_id: 'next' });
  const text = JSON.parse(stdout).hookSpecificOutput.additionalContext;
  expect(text).toMatch(/Diverged since it left branch main at \w{12}: another commit is checked out; /);
  expect(text).toContain('no longer changed: "one.ts"; changed since: "two.ts"');
});

test('a turn that goes on with a message is not idle', async () => {
  await workstation.runHook('SessionStart', {});
  await workstation.runHook('UserPromptSubmit', { prompt: 'Work' });
  await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'One more thing' });
  expect((await workstation.runHook('Stop', {})).stdout).toContain('One more thing');
  await workstation.waitUntilSent(programId);
  expect(await readSession(workstation.sessionId)).toMatchObject({ idle: false, status: 'Work' });
});
