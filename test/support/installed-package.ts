/** The package that `make package` writes, installed into an empty folder of a machine that has Node and npm, and no git and no make. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What `npx` and hooks need of a machine. */
const TOOLS = ['sh', 'env', 'cat', 'uname', 'npm', 'npx'];

export interface EmptyMachine {
  readonly folder: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The files of the tarball. */
  readonly files: readonly string[];
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Runs a command line with `sh` to its end. */
  run(line: string, input?: string, cwd?: string): Promise<{ readonly code: number | null; readonly output: string }>;
  /** Starts a command line; resolves when its output matches, with the first group. */
  start(line: string, pattern: RegExp): Promise<{ readonly found: string; output(): string; stop(): Promise<void> }>;
  remove(): Promise<void>;
}

/** Dependencies are those that the manifest declares, from this repository's node_modules: no registry is asked. */
export function installWholePackage(): EmptyMachine {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'fleetbeat-machine-')));
  const [folder, home, bin] = ['work', 'home', 'bin'].map((name) => join(base, name)) as [string, string, string];
  for (const each of [folder, home, bin]) mkdirSync(each);
  symlinkSync(process.execPath, join(bin, 'node'));
  for (const name of TOOLS) symlinkSync(findOnPath(name), join(bin, name));
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/make-package.ts'), '--whole', base],
    { stdio: 'pipe' },
  );
  const tarball = readdirSync(base).find((name) => name.endsWith('.tgz')) ?? '';
  const modules = join(folder, 'node_modules');
  const installed = join(modules, 'fleetbeat');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  mkdirSync(installed);
  execFileSync('tar', ['-xzf', join(base, tarball), '-C', installed, '--strip-components=1']);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  linkDependencies(modules, Object.keys(manifest.dependencies));
  symlinkSync(join(installed, manifest.bin.fleetbeat), join(modules, '.bin', 'fleetbeat'));
  const environment = {
    HOME: home,
    PATH: bin,
    npm_config_registry: 'http://127.0.0.1:2/',
    npm_config_update_notifier: 'false',
  };
  const children = new Set<ReturnType<typeof launch>>();
  function launch(line: string, cwd: string) {
    return spawn('/bin/sh', ['-c', line], { cwd, env: environment, detached: true });
  }
  return {
    folder,
    home,
    environment,
    manifest,
    files: execFileSync('tar', ['-tzf', join(base, tarball)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean),
    async run(line, input = '', cwd = folder) {
      const child = launch(line, cwd);
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (piece: string) => (output += piece));
      child.stdin.on('error', () => undefined).end(input);
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, output };
    },
    async start(line, pattern) {
      const child = launch(`exec ${line}`, folder);
      children.add(child);
      let output = '';
      const found = await new Promise<string>((resolve, reject) => {
        for (const stream of [child.stdout, child.stderr])
          stream.setEncoding('utf8').on('data', (piece: string) => {
            output += piece;
            const [, group] = pattern.exec(output) ?? [];
            if (group !== undefined) resolve(group);
          });
        child.once('close', (code) => reject(new Error(`${line} ended with ${code}:\n${output}`)));
      });
      return { found, output: () => output, stop: () => stop(child) };
    },
    async remove() {
      for (const child of children) await stop(child);
      rmSync(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function stop(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'close');
  process.kill(-child.pid, 'SIGTERM');
  await ended;
}

/** What is declared, and what that declares: as npm would lay it out, flat. */
function linkDependencies(modules: string, names: readonly string[]): void {
  for (const name of names) {
    const target = join(modules, name);
    const source = join(root, 'node_modules', name);
    if (existsSync(target) || !existsSync(source)) continue;
    mkdirSync(join(target, '..'), { recursive: true });
    symlinkSync(source, target);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(join(source, 'package.json'), 'utf8'),
    );
    linkDependencies(modules, Object.keys({ ...dependencies, ...optionalDependencies }));
  }
}

function findOnPath(name: string): string {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error(`${name} is not on the PATH`);
  return realpathSync(found);
}
