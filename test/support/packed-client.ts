/** The typed client as npm would publish it, installed into a folder. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export interface ConsumerProject {
  readonly folder: string;
  /** The tarball's bytes. */
  readonly tarball: Uint8Array;
  write(name: string, text: string): void;
  /** Runs the TypeScript compiler in the folder. */
  compile(...options: string[]): CommandResult;
  /** Runs a program of the folder. */
  node(program: string, environment?: Readonly<Record<string, string>>, ...args: string[]): CommandResult;
  /** Starts a program of the folder. */
  start(program: string, environment: Readonly<Record<string, string>>): StartedProgram;
  remove(): void;
}

export interface StartedProgram {
  readonly process: ChildProcess;
  /** Resolves when it has ended, with its signal in place of a status if it was killed. */
  readonly end: Promise<{ readonly status: number | NodeJS.Signals | null; readonly output: string }>;
}

export interface CommandResult {
  /** Null when it was killed. */
  readonly status: number | null;
  readonly output: string;
}

/** Needs what `make build` builds. */
export function installPackedClient(): ConsumerProject {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-consumer-'));
  const pack = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', folder];
  const [packed] = JSON.parse(
    execFileSync('npm', pack, { cwd: fromRoot('clients/typescript'), encoding: 'utf8', stdio: 'pipe' }),
  );
  const file = join(folder, packed.filename);
  const home = join(folder, 'node_modules', '@fleetbeat', 'client');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', file, '-C', home, '--strip-components=1']);
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const peers = [...Object.keys(manifest.peerDependencies), 'react-dom', 'csstype'];
  const dependencies = [...Object.keys(manifest.dependencies), ...peers, 'openapi-typescript-helpers', '@types'];
  for (const name of dependencies) symlinkSync(fromRoot(`node_modules/${name}`), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const run = (args: string[], env = process.env): CommandResult => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env,
      timeout: 280_000,
    });
    return { status, output: stdout + stderr };
  };
  return {
    folder,
    tarball: readFileSync(file),
    write: (name, text) => writeFileSync(join(folder, name), text),
    compile: (...options) => run([fromRoot('node_modules/typescript/bin/tsc'), ...options]),
    node: (program, environment = {}, ...args) => run([program, ...args], { ...process.env, ...environment }),
    start(program, environment) {
      const child = spawn(process.execPath, [program], { cwd: folder, env: { ...process.env, ...environment } });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
        });
      }
      const end = once(child, 'close').then(([code, signal]) => ({ status: code ?? signal, output }));
      return { process: child, end };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
