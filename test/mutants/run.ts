/**
 * Applies each mutant to a copy of the working tree and runs its tests there: `tsx test/mutants/run.ts [TEXT]` takes those
 * whose promise or file has the text, `--since REF` those of files changed since then. `--list` prints the tables of
 * test/README.md instead.
 * Exits with 1 when a mutant lived, or when a test passes or fails for another reason.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { parseArgs } from 'node:util';
import { MUTANTS, toMarkdown } from './behaviour.ts';
import type { Mutant } from './mutant.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

const { values, positionals } = parseArgs({
  options: { since: { type: 'string' }, list: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const git = (...args: string[]): string[] =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\n').filter(Boolean);

function selectMutants(): readonly Mutant[] {
  const changed = values.since === undefined ? null : new Set(git('diff', '--name-only', values.since));
  return MUTANTS.filter(
    ({ file, promise, tests }) =>
      (!changed || [file, ...tests].some((path) => [...changed].some((each) => each.startsWith(path)))) &&
      positionals.every((text) => `${file} ${promise}`.includes(text)),
  );
}

/** The working tree without what is built or installed, in a folder of its own. */
function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-mutants-'));
  for (const file of git('ls-files', '--cached', '--others', '--exclude-standard'))
    cpSync(join(ROOT, file), join(folder, file), { verbatimSymlinks: true });
  for (const path of ['node_modules', 'dist']) symlinkSync(join(ROOT, path), join(folder, path));
  return folder;
}

/** `TIMED OUT`: no test failed but by waiting for too long, which a busy machine does, too. */
type Outcome = 'killed' | 'TIMED OUT' | 'LIVES' | 'BROKEN';

interface TestResult {
  readonly status: string;
  readonly fullName: string;
  readonly failureMessages: readonly string[];
}

const isTimeOut = ({ failureMessages }: TestResult): boolean =>
  failureMessages.every((message) => /^Error: (Test|Hook) timed out/.test(message));

function tryMutant(folder: string, { file, from, to, tests, database }: Mutant): { outcome: Outcome; by: string } {
  const path = join(folder, file);
  const original = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    original.replace(from, () => to),
  );
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const projects = ['fast', database ?? 'sqlite'].flatMap((name) => ['--project', name]);
  const options = [...projects, '--bail=1', '--reporter=json', `--outputFile=${report}`];
  spawnSync(join(ROOT, 'node_modules/.bin/vitest'), ['run', ...tests.map(normalize), ...options], { cwd: folder });
  writeFileSync(path, original);
  try {
    const { numFailedTests, numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const failed = testResults
      .flatMap(({ assertionResults }: { assertionResults: TestResult[] }) => assertionResults)
      .filter(({ status }: TestResult) => status === 'failed') as TestResult[];
    const by = failed.find((test) => !isTimeOut(test)) ?? failed[0];
    if (numFailedTests > 0 && by) return { outcome: isTimeOut(by) ? 'TIMED OUT' : 'killed', by: by.fullName };
    return { outcome: numPassedTests > 0 && testResults.every(isPassed) ? 'LIVES' : 'BROKEN', by: '' };
  } catch {
    return { outcome: 'BROKEN', by: '' };
  }
}

const isPassed = ({ status }: { status: string }): boolean => status === 'passed';

const selected = selectMutants();
if (values.list) console.log(toMarkdown());
else {
  const folder = copyTree();
  const counts: Record<Outcome, number> = { killed: 0, 'TIMED OUT': 0, LIVES: 0, BROKEN: 0 };
  for (const mutant of selected) {
    const { outcome, by } = tryMutant(folder, mutant);
    counts[outcome] += 1;
    console.log(`${outcome}  ${mutant.promise} (${mutant.file})${by && `: ${by}`}`);
  }
  rmSync(folder, { recursive: true });
  const rest = `${counts['TIMED OUT']} timed out, ${counts.LIVES} live, ${counts.BROKEN} broken`;
  console.log(`${counts.killed} killed, ${rest}, of ${selected.length}`);
  if (counts.killed < selected.length) process.exitCode = 1;
}
