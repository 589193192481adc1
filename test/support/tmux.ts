/** A real terminal for tests: a tmux server whose screen can be read and whose keys can be pressed. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { eventually } from './eventually.ts';
import { DEFAULT_PROGRAM_FOLDERS, findPrograms, installWithApt } from './find-mysql.ts';

export interface Terminal {
  /** The lines of the screen. */
  screen(): string[];
  /** Resolves with the screen when it looks as expected. */
  waitForScreen(expected: (lines: readonly string[]) => boolean): Promise<string[]>;
  press(...keys: readonly string[]): void;
  resize(width: number, height: number): void;
  close(): void;
}

/** Finds tmux on this machine, else installs it with apt. Rejects with what a person can do. */
export async function requireTmux(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const folders = [...(env['PATH'] ?? '').split(':').filter(Boolean), ...DEFAULT_PROGRAM_FOLDERS];
  const tried: string[] = [];
  if (findPrograms(folders, ['tmux']).length > 0 || (await installWithApt(env, tried, ['tmux']))) return;
  throw new Error(`No tmux for the tests of fleetbeat top. Tried: ${tried.join('; ')}. Install it: brew install tmux.`);
}

/** Runs a command line in a shell that stays open afterwards. */
export function openTerminal(
  commandLine: string,
  environment: Readonly<Record<string, string>>,
  width: number,
  height: number,
): Terminal {
  const name = `fleetbeat-test-${randomBytes(4).toString('hex')}`;
  // Its socket is in the folder of the test.
  const env = { ...environment, TMUX_TMPDIR: environment['HOME'], TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-u', '-L', name, ...args], { encoding: 'utf8', env });
  const set = Object.entries(environment).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  tmux('-f', '/dev/null', 'new-session', '-d', '-x', `${width}`, '-y', `${height}`, ...set, 'sh');
  tmux('send-keys', '-l', `PS1='$ '; clear; ${commandLine}; echo "ended with $?"`);
  tmux('send-keys', 'Enter');
  const screen = () => tmux('capture-pane', '-p').replace(/\n$/, '').split('\n');
  return {
    screen,
    async waitForScreen(expected) {
      let seen: string[] = [];
      await eventually(async () => {
        seen = screen();
        return expected(seen);
      });
      return seen;
    },
    press: (...keys) => void tmux('send-keys', ...keys),
    resize: (columns, rows) => void tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`),
    close: () => void tmux('kill-server'),
  };
}
