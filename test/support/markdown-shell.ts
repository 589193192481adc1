/** The commands of a document, as a reader types them: one after the other, into one shell. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The `sh` blocks of a Markdown text, each with the line where it begins. */
export function extractShellBlocks(markdown: string): { readonly line: number; readonly text: string }[] {
  return [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(({ index, 1: text = '' }) => ({
    line: markdown.slice(0, index).split('\n').length + 1,
    text,
  }));
}

/** Any command that fails ends the run, also within a pipe; to curl an answer of 400 or more is a failure. */
const STRICT = 'set -euo pipefail\ncurl() { command curl --fail-with-body --max-time 60 "$@"; }\n';

/** A command that has not ended by then never ends. */
const TIMEOUT_MS = 150_000;

export interface ShellResult {
  /** Null when it did not end by itself. */
  readonly code: number | null;
  /** What was written, with the line of each block before what it wrote. */
  readonly output: string;
}

/** Ends the shell and everything that it has started when its last command is done. */
export async function runShellBlocks(
  markdown: string,
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<ShellResult> {
  const blocks = extractShellBlocks(markdown).map(({ line, text }) => `echo '--- line ${line}'\n${text}`);
  const options = { cwd: folder, env: { ...environment }, detached: true } as const;
  const shell = spawn('bash', ['-c', `exec 2>&1\n${STRICT}${blocks.join('')}`], {
    ...options,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  shell.stdout.setEncoding('utf8').on('data', (piece: string) => {
    output += piece;
  });
  const limit = setTimeout(() => killProcessGroup(shell.pid), TIMEOUT_MS);
  const [code] = (await once(shell, 'exit')) as [number | null];
  clearTimeout(limit);
  killProcessGroup(shell.pid);
  return { code, output };
}

/** A shell that was started `detached` leads a group of processes; what it left in the background is of that group. */
function killProcessGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
