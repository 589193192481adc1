/** What git says of the folder of a session, so that a successor need not believe what its predecessor claimed. */
import { execFile } from 'node:child_process';
import { truncateLine, truncateText } from './truncate.ts';

const TIMEOUT_MS = 1_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_FILES = 50;
const MAX_TEXT_LENGTH = 1_500;

export interface WorkingTree {
  readonly branch: string;
  /** Null before the first commit. */
  readonly head: string | null;
  /** Null without an upstream branch. */
  readonly ahead: number | null;
  readonly behind: number | null;
  /** At most 50; `count` has them all. */
  readonly changed: readonly string[];
  readonly count: number;
}

/** Null where there is no repository, no git, or no answer in time. Takes no lock and runs nothing of the repository's. */
export function readWorkingTree(folder: string): Promise<WorkingTree | null> {
  const options = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-C', folder];
  const status = ['status', '--porcelain=v2', '--branch', '-z', '--untracked-files=normal', '--ignore-submodules=all'];
  return new Promise((resolve) => {
    const limits = { timeout: TIMEOUT_MS, maxBuffer: MAX_BYTES, encoding: 'utf8' } as const;
    execFile('git', [...options, ...status], limits, (error, output) => resolve(error ? null : parseStatus(output)));
  });
}

/** git-status(1), porcelain format version 2 with NUL; exported for its test. */
export function parseStatus(output: string): WorkingTree {
  const fields = output.split('\0');
  const header = (name: string) =>
    fields.find((field) => field.startsWith(`# branch.${name} `))?.slice(name.length + 10);
  const [, ahead, behind] = /^\+(\d+) -(\d+)$/.exec(header('ab') ?? '') ?? [];
  const changed: string[] = [];
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? '';
    const spaces = { '1': 8, '2': 9, u: 10, '?': 1 }[field[0] ?? ''];
    if (spaces === undefined || field[1] !== ' ') continue;
    changed.push(field.split(' ').slice(spaces).join(' '));
    // The old name of a renamed file is a field of its own.
    if (field.startsWith('2 ')) at++;
  }
  const oid = header('oid');
  return {
    branch: header('head') ?? '(unknown)',
    head: oid === undefined || oid === '(initial)' ? null : oid,
    ahead: ahead === undefined ? null : Number(ahead),
    behind: behind === undefined ? null : Number(behind),
    changed: changed.slice(0, MAX_FILES),
    count: changed.length,
  };
}

/** Names of files are a repository's words: each in a line of its own, quoted. */
export function formatWorkingTree({ branch, head, ahead, behind, changed, count }: WorkingTree): string {
  const commit = head === null ? 'without a commit' : `at ${head.slice(0, 12)}`;
  const upstream = !ahead && !behind ? '' : `, ${ahead} ahead and ${behind} behind its upstream`;
  const first = `The working tree as git says now: branch ${truncateLine(branch, 100)} ${commit}${upstream}, ${count} changed files${count === 0 ? '.' : ':'}`;
  const files = changed.map((file) => `  | ${truncateLine(file, 150)}`);
  const rest = count > changed.length ? [`  … and ${count - changed.length} more`] : [];
  return truncateText([first, ...files, ...rest].join('\n'), MAX_TEXT_LENGTH);
}
