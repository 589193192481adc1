import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cli, createCli } from '../../support/cli.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let admin: Cli;
let builder: Cli;
const terminals: Cli[] = [];
const server = useTestServer();
beforeAll(async () => {
  admin = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: server.adminKey });
  const made = await admin.run('keys', 'create', 'builder', '--label', 'CI', '--days', '30');
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^fb_[\w-]+\n$/) });
  expect(made.stderr).toContain('program for builder, ends in');
  builder = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: made.stdout.trim() });
});
afterAll(async () => {
  for (const each of [admin, builder, ...terminals]) each.remove();
});

test('creates, updates, shows, lists and completes a session', async () => {
  const made = await builder.json('sessions', 'create', 'Auth refactor', '--id', 'b-1', '--status', 'Reading');
  expect(made).toMatchObject({ sessionId: 'b-1', programId: 'builder', state: 'working', status: 'Reading' });
  await builder.json(
    'sessions',
    'update',
    'current',
    '--status',
    'Asks',
    '--state',
    'blocked',
    '--progress',
    '33.4',
    '--handoff-required',
  );
  const next = await builder.json('sessions', 'update', 'b-1', '-s', 'Still asks', '--heartbeat');
  expect(next, 'a flag that is not given changes nothing').toMatchObject({ handoffRequired: true, progress: 33.4 });
  expect(await builder.json('sessions', 'show', 'b-1')).toMatchObject({ status: 'Still asks', state: 'blocked' });
  const listed = await builder.run('sessions', '--state', 'blocked');
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout).toMatch(
    /^SESSION +PROGRAM +STATE .*\nb-1 +builder +blocked +\d+s +33% +Auth refactor +Still asks\n$/,
  );
  expect((await builder.json('sessions', 'timeline', 'b-1')).changes.length).toBeGreaterThan(1);
  expect(await builder.run('sessions', 'complete', 'b-1')).toMatchObject({ code: 0, stdout: 'b-1 is complete.\n' });
});

test("a list follows the server's pages, and says when it is truncated", async () => {
  for (let number = 0; number < 53; number += 1)
    await server.admin.sessions.create({ name: `Of many ${number}`, programId: 'many' });
  expect((await admin.json('sessions', '-p', 'many', '--all')).sessions).toHaveLength(53);
  expect((await admin.json('sessions', '-p', 'many', '-n', '51')).sessions).toHaveLength(51);
  const part = await admin.run('sessions', '-p', 'many', '-n', '2');
  expect(part.stdout.trim().split('\n')).toHaveLength(3);
  expect(part.stderr).toContain('These are the first 2; --all lists every one.');
});

test('creates, claims, releases and completes tasks', async () => {
  await builder.json('sessions', 'create', 'Worker', '--id', 'b-2');
  const { taskId } = await admin.json(
    'tasks',
    'create',
    'Review PR 45',
    '--priority',
    '5',
    '--ttl',
    '2h',
    '-i',
    'Look closely',
  );
  expect((await builder.run('tasks')).stdout).toMatch(/Review PR 45/);
  expect(await builder.json('tasks', 'claim', taskId)).toMatchObject({ claimedSession: 'b-2' });
  expect((await admin.run('tasks', 'show', taskId)).stdout).toMatch(/Instructions +Look closely/);
  expect((await builder.run('tasks', 'release', taskId)).stdout).toBe(`Task ${taskId} waits again.\n`);
  await builder.json('tasks', 'claim', taskId, '--session', 'b-2');
  expect(await builder.json('tasks', 'complete', taskId, '--result', 'Merged')).toMatchObject({
    outcome: 'succeeded',
    result: 'Merged',
  });
  expect((await admin.json('tasks', '--state', 'completed')).tasks).toHaveLength(1);
});

test('sends, reads and acknowledges messages', async () => {
  const { messageId } = JSON.parse(
    (await admin.runWithInput('Line one\nLine two\n', 'send', 'builder', '-', '--json')).stdout,
  );
  const listed = await builder.run('inbox');
  expect(listed.stdout).toContain('Line one Line two');
  expect(await builder.json('inbox', 'ack', messageId)).toMatchObject({ acknowledgedAt: expect.any(String) });
  expect((await builder.run('inbox')).stdout).toBe('No messages.\n');
  expect((await builder.json('inbox', '--read')).messages).toHaveLength(1);
  await builder.json('send', '*', 'Done', '--kind', 'STATUS');
  expect((await builder.run('inbox', 'sent')).stdout).toContain('Done');
});

const FIRST_STATE =
  '{"contextSummary": {"lastTask": "First"}, "learnedPatterns": [{"id": "p-1", "domain": "auth", "pattern": "Check JWT", "confidence": 0.9}]}';

/** A program with two versions of its state, and a CLI with its key. */
async function programWithState(): Promise<{ programId: string; cli: Cli }> {
  const { programId, key } = await server.createProgram();
  const cli = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: key });
  terminals.push(cli);
  expect(await cli.runWithInput(FIRST_STATE, 'state', 'update', programId)).toMatchObject({
    code: 0,
    stdout: `${programId} is at version 1, with 1 pattern.\n`,
  });
  writeFileSync(join(cli.folder, 'second.json'), '{"contextSummary": {"lastTask": "Second"}}');
  await cli.json('state', 'update', programId, 'second.json', '--if-version', '1');
  return { programId, cli };
}

test('writes state from standard input or a file, and shows the current or an earlier version', async () => {
  const { programId, cli } = await programWithState();
  expect((await cli.run('state', 'show')).stdout).toMatch(/Last task +Second[\s\S]*p-1 +auth +90%/);
  expect((await cli.run('state', 'show', programId, '--at', '1')).stdout).toMatch(/Last task +First/);
  expect((await cli.json('state', 'history')).versions).toHaveLength(2);
});

test('compares versions of a state, and restores an older one', async () => {
  const { programId } = await programWithState();
  expect((await admin.run('state', 'diff', programId)).stdout).toBe(
    'version 1 → 2\n/contextSummary/lastTask\n  - "First"\n  + "Second"\n',
  );
  expect((await admin.run('state', 'restore', programId, '1')).stdout).toBe(
    `Version 3 of ${programId} is like version 1.\n`,
  );
});

test('searches patterns', async () => {
  const { programId } = await programWithState();
  expect((await admin.json('state', 'patterns', programId, 'jwt')).patterns).toHaveLength(1);
});

test('JSON and text behind a byte order mark are taken, from a file and from standard input', async () => {
  const { programId, key } = await server.createProgram();
  const own = createCli({ FLEETBEAT_URL: server.url, FLEETBEAT_KEY: key });
  const state = (lastTask: string) => `\uFEFF${JSON.stringify({ contextSummary: { lastTask } })}`;
  expect(await own.runWithInput(state('Piped'), 'state', 'update', programId)).toMatchObject({ code: 0 });
  writeFileSync(join(own.folder, 'state.json'), state('From a file'));
  expect(await own.run('state', 'update', programId, 'state.json')).toMatchObject({ code: 0 });
  expect((await server.admin.state.read(programId)).contextSummary.lastTask).toBe('From a file');
  expect(await own.runWithInput('\uFEFFHello', 'send', 'builder', '-')).toMatchObject({ code: 0 });
  expect((await server.admin.messages.list({ programId: 'builder' })).messages).toContainEqual(
    expect.objectContaining({ text: 'Hello' }),
  );
  own.remove();
});

test('exports state to a private file without overwriting one, and imports it into another program', async () => {
  const { programId } = await programWithState();
  const { programId: other } = await server.createProgram();
  expect((await admin.run('export', programId, '-o', 'b.json')).code).toBe(0);
  const file = join(admin.folder, 'b.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'fleetbeat-state', programId });
  expect(await admin.run('export', programId, '-o', 'b.json'), 'a file that is there stays').toMatchObject({ code: 2 });
  expect(await admin.json('import', 'b.json', '-p', other)).toMatchObject({ programId: other, patternsStored: 1 });
});

test('creates, rotates, revokes and lists keys', async () => {
  const key = (await admin.run('keys', 'create', 'short')).stdout.trim();
  const rotated = (await admin.run('keys', 'rotate', key.split('_')[1] ?? '')).stdout.trim();
  const keyId = rotated.split('_')[1] ?? '';
  expect((await admin.run('keys', 'revoke', keyId)).stdout).toBe(`Key ${keyId} is revoked.\n`);
  expect((await admin.run('keys', '-p', 'short')).stdout).toMatch(new RegExp(`${keyId} +program +short +revoked`));
});

test('pauses, renames, lists and resumes programs', async () => {
  const { programId } = await server.createProgram();
  expect((await admin.run('programs', 'pause', programId)).code).toBe(0);
  expect(await admin.json('programs', 'rename', programId, 'Short one')).toMatchObject({
    paused: true,
    displayName: 'Short one',
  });
  expect((await admin.run('programs')).stdout).toMatch(new RegExp(`${programId} +Short one .*paused`));
  expect((await admin.run('programs', 'resume', programId)).code).toBe(0);
});

test('creates and lists accounts, and changes their tier', async () => {
  const account = await admin.json('accounts', 'create', 'Guests', '--tier', 'pro');
  expect(await admin.json('accounts', 'update', account.accountId, '--tier', 'team')).toMatchObject({ tier: 'team' });
  expect((await admin.run('accounts')).stdout).toMatch(/Guests +team/);
});

test('reads the audit log by action', async () => {
  const { key } = await server.createProgram();
  await admin.run('keys', 'revoke', key.split('_')[1] ?? '');
  expect((await admin.run('audit', '--action', 'revokeKey')).stdout).toMatch(/revokeKey +done/);
});

test('without a terminal status and top print the fleet once', async () => {
  const status = await admin.run('status');
  expect(status.stdout).toMatch(/^Server +http.*\nKey +.*operator.*\n/);
  expect(status.stdout).toMatch(/PROGRAM +HEALTH/);
  expect((await builder.json('status')).me).toMatchObject({ role: 'program', programId: 'builder' });
  const top = await admin.run('top');
  expect(top).toMatchObject({ code: 0, stderr: '' });
  expect(top.stdout).toMatch(/^Fleetbeat {2}http/);
  expect(top.stdout, 'no colours, no cursor moves').not.toContain('\x1b');
  expect((await admin.json('top')).sessions.length).toBeGreaterThan(50);
});

test.each(['bash', 'zsh', 'fish'])('completion for %s names every command', async (shell) => {
  const { stdout } = await admin.run('completion', shell);
  for (const word of ['sessions', 'doctor', 'timeline', shell === 'fish' ? 'handoff-required' : '--handoff-required'])
    expect(stdout).toContain(word);
});
