/** A user's computer: a home, a project, and the built `fleetbeat` on the PATH. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputOptions, rolldown } from 'rolldown';
import config from '../../clients/cli/rolldown-config.ts';
import { eventually } from './eventually.ts';
import { randomName } from './test-server.ts';

const CLI = fileURLToPath(new URL('../../clients/cli', import.meta.url));

export interface CommandResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Workstation {
  readonly home: string;
  readonly project: string;
  /** The default session id of hooks. */
  readonly sessionId: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Runs a command line in the project with `sh`. */
  runCommandLine(
    line: string,
    input?: string | Buffer,
    more?: Readonly<Record<string, string>>,
  ): Promise<CommandResult>;
  /** Calls one hook like Claude Code does; the fields are added to those of every event. */
  runHook(event: string, fields: Readonly<Record<string, unknown>>, options?: string): Promise<CommandResult>;
  /** The unsent events of a program, oldest first. */
  listQueuedFiles(programId: string): string[];
  /** Resolves when a program has no unsent events and no sender runs. */
  waitUntilSent(programId: string): Promise<void>;
  /** Removes the home after the last process that writes to it has ended. */
  remove(): Promise<void>;
}

/** The folder of the build, made once per test file. */
export async function buildCli(): Promise<{ bin: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-cli-'));
  cpSync(join(CLI, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(CLI, 'package.json'), join(folder, 'package.json'));
  for (const { output, ...input } of config) {
    const bundle = await rolldown({ ...input, logLevel: 'warn' });
    await bundle.write({ ...(output as OutputOptions), dir: join(folder, 'dist') });
    await bundle.close();
  }
  const bin = join(folder, 'path');
  mkdirSync(bin);
  chmodSync(join(folder, 'bin/fleetbeat.js'), 0o755);
  symlinkSync(join(folder, 'bin/fleetbeat.js'), join(bin, 'fleetbeat'));
  return { bin, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function createWorkstation(bin: string, url: string): Workstation {
  const home = mkdtempSync(join(tmpdir(), 'fleetbeat-home-'));
  const project = join(home, 'work', 'auth service');
  mkdirSync(project, { recursive: true });
  const sessionId = randomName('s');
  // The machine of a test is busy: what is tried is not how fast it is.
  const deadline = { FLEETBEAT_HOOK_DEADLINE_MS: '30000' };
  const environment = { HOME: home, PATH: `${bin}:${process.env['PATH']}`, FLEETBEAT_URL: url, ...deadline };
  const spool = (programId: string) => join(home, '.local/state/fleetbeat/hooks/spool', programId);
  const listSpoolFiles = (programId: string) =>
    existsSync(spool(programId)) ? readdirSync(spool(programId)).sort() : [];
  const runCommandLine = (line: string, input: string | Buffer = '', more = {}) =>
    spawnCommand('sh', ['-c', line], { cwd: project, env: { ...environment, ...more } }, input);
  return {
    home,
    project,
    sessionId,
    environment,
    runCommandLine,
    runHook: (event, fields, options = '') =>
      runCommandLine(
        `fleetbeat hook ${event} ${options}`,
        JSON.stringify({ session_id: sessionId, cwd: project, hook_event_name: event, ...fields }),
      ),
    listQueuedFiles: (programId) => listSpoolFiles(programId).filter((name) => /^\d.*\.json$/.test(name)),
    waitUntilSent: async (programId) => void (await eventually(async () => listSpoolFiles(programId).length === 0)),
    remove: async () => void (await eventually(async () => isRemoved(home))),
  };
}

/** False while another process still writes to it. */
function isRemoved(folder: string): boolean {
  try {
    rmSync(folder, { recursive: true, force: true });
    return !existsSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTEMPTY') return false;
    throw error;
  }
}

interface SpawnLocation {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

async function spawnCommand(
  command: string,
  args: readonly string[],
  location: SpawnLocation,
  input: string | Buffer,
): Promise<CommandResult> {
  const child = spawn(command, args, { ...location, stdio: ['pipe', 'pipe', 'pipe'] });
  // A program may exit without reading its input.
  child.stdin.on('error', () => undefined).end(input);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}
