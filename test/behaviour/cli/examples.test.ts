/** Runs the examples of the command table, which docs/cli.md and `--help` show, verbatim. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCommands } from '../../../clients/cli/src/list-commands.ts';
import { runShellBlocks } from '../../support/markdown-shell.ts';
import { useTestServer } from '../../support/use-test-server.ts';

/** Commands that never exit, prompt, or need other programs or machines. They have tests of their own here or in hooks/. */
const SKIPPED = [
  /fleetbeat serve/,
  /fleetbeat top$/,
  /fleetbeat login$/,
  /fleetbeat pair$/,
  /\.example/,
  /^claude /,
  /^git /,
  /fleetbeat connect/,
  /fleetbeat upgrade/,
  /fleetbeat watch/,
  // The number is that of an inbox that was shown before.
  /fleetbeat answer \d/,
];
/** Commands to run with the program's key; the others need an admin. */
const BY_PROGRAM = /^(sessions|state update)/;

const examples = (await listCommands()).flatMap(({ path, command }) =>
  (command.examples ?? []).map(([line]) => [path.join(' '), line] as const),
);
const here = examples.filter(([, line]) => !SKIPPED.some((each) => each.test(line)));

let folder: string;
let key: string;
const ids: Record<string, string> = {};
const server = useTestServer();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fleetbeat-examples-'));
  for (const each of ['data', '.config/fish/completions']) mkdirSync(join(folder, each), { recursive: true });
  writeFileSync(join(folder, 'data/admin.key'), server.adminKey, { mode: 0o600 });
  const made = await server.admin.keys.create({ programId: 'builder' });
  key = made.key;
  const builder = server.client(key);
  for (let version = 1; version <= 7; version += 1)
    await builder.state.update('builder', { contextSummary: { lastTask: `Task ${version}` } });
  ids['tasks complete'] = (await server.admin.tasks.create({ title: 'Merge PR 45', target: '*' })).taskId;
  await builder.sessions.create({ name: 'Release' });
  ids['keys rotate'] = (await server.admin.keys.create({ programId: 'builder' })).keyId;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

/** Only the first answer to a question is taken: each example has one of its own. */
const ask = () => server.client(key).questions.ask({ kind: 'permission', title: 'May Bash run npm publish?' });

test('most examples run', () => expect(here.length).toBeGreaterThan(examples.length / 2));

test.each(here)('%s: %s', async (path, line) => {
  const hasJq = spawnSync('bash', ['-c', 'type jq']).status === 0;
  if (path === 'answer') ids[path] = (await ask()).questionId;
  const command = line.replace('0196f0c2', ids[path] ?? '').replace(/\| jq .*/, (jq) => (hasJq ? jq : '| cat'));
  const bin = fileURLToPath(new URL('../../../node_modules/.bin', import.meta.url));
  const { code, output } = await runShellBlocks(`\`\`\`sh\n${command}\n\`\`\`\n`, folder, {
    PATH: `${bin}:${process.env['PATH']}`,
    HOME: folder,
    FLEETBEAT_URL: server.url,
    FLEETBEAT_KEY: BY_PROGRAM.test(path) ? key : server.adminKey,
  });
  expect(code, output).toBe(0);
});
