/** The built `fleetbeat` as a person or a script runs it: a process of its own, in a home of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const FLEETBEAT = fileURLToPath(new URL('../../clients/cli/bin/fleetbeat.js', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Cli {
  /** An empty folder: its home, and where it runs. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Runs it to its end. Outputs are pipes, so it knows that nobody looks at a terminal. */
  run(...args: readonly string[]): Promise<CliResult>;
  /** The same with something on standard input. */
  runWithInput(input: string, ...args: readonly string[]): Promise<CliResult>;
  /** What it prints with `--json`; throws what it says when it does not end with 0. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was printed
  json(...args: readonly string[]): Promise<any>;
  remove(): void;
}

/** Inherits nothing of this process's environment except PATH. */
export function createCli(given: Readonly<Record<string, string>> = {}): Cli {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-cli-'));
  const environment = { PATH: process.env['PATH'] ?? '', HOME: folder, ...given };
  const runWithInput = (input: string, ...args: readonly string[]) =>
    new Promise<CliResult>((resolve, reject) => {
      const child = spawn(process.execPath, [FLEETBEAT, ...args], { cwd: folder, env: environment });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        stdout += piece;
      });
      child.stderr.setEncoding('utf8').on('data', (piece: string) => {
        stderr += piece;
      });
      // It may end without having read what it was given.
      child.stdin.on('error', () => undefined).end(input);
      child.once('error', reject).once('close', (code) => resolve({ code, stdout, stderr }));
    });
  const run = (...args: readonly string[]) => runWithInput('', ...args);
  return {
    folder,
    environment,
    run,
    runWithInput,
    async json(...args) {
      const { code, stdout, stderr } = await run(...args, '--json');
      if (code !== 0) throw new Error(`fleetbeat ${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
