/** From the tarball to a connected agent, in an empty folder of a machine without git and make. */
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type EmptyMachine, installWholePackage } from '../../support/installed-package.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
let machine: EmptyMachine;
beforeAll(() => {
  machine = installWholePackage();
}, 120_000);
afterAll(() => machine.remove());

const kept = () => join(machine.home, '.local/share/fleetbeat');

/** The command that the terminal shows after a start, for a person to paste. */
const readConnectCommand = (output: string): string => {
  const [, command = ''] = /\n {4}(FLEETBEAT_URL[\s\S]*?--make-key)\n/.exec(output) ?? [];
  expect(command, output).not.toBe('');
  return command;
};

test('the package has server, dashboard, guide, command line and their dependencies, and runs nothing when it is installed', () => {
  const packed = new Set(machine.files.map((path) => path.replace(/^package\//, '')));
  const build = 'clients/dashboard/dist';
  const built = readdirSync(fromRoot(build), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = built
    .map(({ parentPath, name }) => relative(fromRoot('.'), join(parentPath, name)))
    .filter((path) => !path.endsWith('.map'));
  expect(paths).toContain(`${build}/index.html`);
  expect(paths.filter((path) => !packed.has(path))).toEqual([]);
  for (const path of ['dist/server/main.js', 'docs/README.md', 'clients/cli/bin/fleetbeat.js', 'LICENSE'])
    expect(packed).toContain(path);
  expect(packed).toContain(`dist/install/fleetbeat-${machine.manifest['version']}.tgz`);
  expect(machine.manifest).not.toHaveProperty('scripts');
  expect([...packed].filter((path) => /\.test\.|node_modules|\.map$/.test(path))).toEqual([]);
});

/** The commands of the README's quick start, as a person types them. */
const [SERVE = '', CONNECT = ''] = [
  ...readFileSync(fromRoot('README.md'), 'utf8').matchAll(/^```console\n(.*)\n```$/gm),
].map(([, line = '']) => line);

test('none of its dependencies has an install script', () => {
  const { packages } = JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; hasInstallScript?: boolean }>;
  };
  const scripted = Object.entries(packages).filter(
    ([, { dev, devOptional, hasInstallScript }]) => hasInstallScript && !dev && !devOptional,
  );
  expect(scripted.map(([path]) => path)).toEqual([]);
});

test('npm would publish it', () => {
  const cwd = join(machine.folder, 'node_modules/fleetbeat');
  const output = execFileSync('npm', ['publish', '--dry-run', '--offline', '--ignore-scripts'], {
    cwd,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  expect(output).toContain(`+ fleetbeat@${machine.manifest['version']}`);
});

test('serve, one pasted command, and the first prompt of the agent make a live row; undo takes everything away', async () => {
  const server = await machine.start(
    `${SERVE.replace('./fleetbeat-*.tgz', 'fleetbeat')} --port 0`,
    /Fleetbeat runs at (http:\S+)/,
  );
  await eventually(async () => server.output().includes('--make-key\n'));
  const url = server.found;
  expect(readFileSync(join(kept(), 'admin.key'), 'utf8')).toMatch(/^fb_/);
  expect(existsSync(join(machine.folder, 'data'))).toBe(false);
  const page = await fetch(url, { headers: { Accept: 'text/html' } });
  expect(await page.text()).toContain('<div id="app">');
  expect((await fetch(`${url}/guide`)).status).toBe(200);

  const project = join(machine.home, 'shop');
  mkdirSync(project);
  const printed = readConnectCommand(server.output())
    .replace(/^FLEETBEAT_URL=\S+ /, '')
    .replace(` \\\n      npx`, ' npx')
    .replace(`'${join(kept(), 'admin.key')}'`, '~/.local/share/fleetbeat/admin.key')
    .replace(url, 'http://127.0.0.1:8787');
  expect(CONNECT, 'the README shows what the server prints').toBe(printed);
  // To the letter, but for the port.
  const typed = CONNECT.replace('http://127.0.0.1:8787', url);
  const connected = await machine.run(`export FLEETBEAT_URL=${url}; ${typed} --yes`, '', project);
  expect(connected.code, connected.output).toBe(0);
  const settings = readFileSync(join(project, '.claude/settings.json'), 'utf8');
  const command = JSON.parse(settings).hooks.UserPromptSubmit[0].hooks[0].command as string;
  expect(command).toContain(join(kept(), 'current/bin/fleetbeat.js'));
  expect(settings).not.toMatch(/_npx|npm/);

  const event = { session_id: 'c-1', cwd: project, prompt: 'Fix the login', hook_event_name: 'UserPromptSubmit' };
  const start = JSON.parse(settings).hooks.SessionStart[0].hooks[0].command as string;
  expect(await machine.run(start, JSON.stringify({ ...event, source: 'startup' }), project)).toMatchObject({ code: 0 });
  expect(await machine.run(command, JSON.stringify(event), project)).toMatchObject({ code: 0 });
  const key = readFileSync(join(kept(), 'admin.key'), 'utf8').trim();
  await eventually(async () => {
    const response = await fetch(`${url}/v1/sessions`, { headers: { Authorization: `Bearer ${key}` } });
    const [session, ...others] = ((await response.json()) as { sessions: Record<string, unknown>[] }).sessions;
    expect(others).toEqual([]);
    return session?.['programId'] === 'shop' && session['state'] === 'working' && session['status'] === 'Fix the login';
  });

  const program = `node ${join(kept(), 'current/bin/fleetbeat.js')}`;
  const login = { code: 0 };
  expect(await machine.run(`${program} login --url ${url} < ${join(kept(), 'admin.key')}`)).toMatchObject(login);
  expect((await machine.run(`${program} upgrade`)).output).toContain('is up to date');
  const manifest = join(kept(), 'current/package.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"version": "[^"]+"/, '"version": "0.0.9"'));
  expect((await machine.run(`${program} upgrade --check`)).output).toContain('newer than 0.0.9');
  expect((await machine.run(`${program} upgrade`)).output).toContain('Upgraded from 0.0.9');
  expect(readdirSync(join(kept(), 'versions')), 'the old one is gone').toHaveLength(1);
  expect(await machine.run(command, JSON.stringify(event), project)).toMatchObject({ code: 0 });
  const dry = await machine.run(`${program} uninstall --dry-run`);
  expect(dry.output).toContain(`claude-code in ${project}`);
  const undone = await machine.run(`${program} connect claude-code --undo --yes`, '', project);
  expect(undone.output).toContain('copy of this program is gone');
  expect(existsSync(join(project, '.claude'))).toBe(false);
  expect(lstatSync(join(kept(), 'current'), { throwIfNoEntry: false })).toBeUndefined();
  expect(existsSync(join(kept(), 'versions'))).toBe(false);
  expect(existsSync(join(kept(), 'fleetbeat.db')), "a server's data stays").toBe(true);
  await server.stop();
}, 180_000);
