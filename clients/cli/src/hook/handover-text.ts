/** What the session before has left, as an agent reads it: what was compared with the checkout, and what nobody has. Pure. */
import type { Handover } from './handover.ts';
import { truncateLine, truncateText } from './truncate.ts';
import type { WorkingTree } from './working-tree.ts';

const MAX_LENGTH = 3_500;
const MAX_NAMES = 20;

/** Empty when nothing was recorded. */
export function formatHandover(handover: Handover | undefined, now: WorkingTree | null): string {
  if (!handover) return '';
  const claims = formatClaims(handover);
  const parts = [
    ...(handover.workingTree ? [compare(handover.workingTree, now)] : []),
    ...(claims.length > 0 ? [`Only claimed, and checked by nobody:\n${claims.join('\n')}`] : []),
  ];
  return truncateText(parts.join('\n'), MAX_LENGTH);
}

type RecordedTree = NonNullable<Handover['workingTree']>;

function compare(left: RecordedTree, now: WorkingTree | null): string {
  const leftAt = `branch ${truncateLine(left.branch ?? '(none)', 100)} at ${left.commit?.slice(0, 12) ?? 'no commit'}`;
  const leftCount = left.changedFileCount ?? left.changedFiles?.length ?? 0;
  if (now === null)
    return `It left ${leftAt}, ${leftCount} changed files; git says nothing here, so that was not checked.`;
  const differences = [
    ...(left.branch === (now.branch === '(detached)' ? null : now.branch) ? [] : [`another branch is checked out`]),
    ...(left.commit === now.head ? [] : ['another commit is checked out']),
    ...listDifference('no longer changed', left.changedFiles ?? [], now.changed),
    ...(now.count > now.changed.length || leftCount > (left.changedFiles?.length ?? 0)
      ? []
      : listDifference('changed since', now.changed, left.changedFiles ?? [])),
  ];
  if (differences.length === 0 && leftCount === now.count)
    return `Verified now: branch, commit and changed files are as it left them.`;
  const counts = leftCount === now.count ? [] : [`${leftCount} changed files then, ${now.count} now`];
  return `Diverged since it left ${leftAt}: ${[...differences, ...counts].join('; ')}.`;
}

/** Names of files are a repository's words: in one line, quoted. */
function listDifference(what: string, names: readonly string[], others: readonly string[]): string[] {
  const missing = names
    .map((name) => truncateLine(name, 250))
    .filter((name) => !others.map((each) => truncateLine(each, 250)).includes(name));
  if (missing.length === 0) return [];
  const more = missing.length > MAX_NAMES ? ` and ${missing.length - MAX_NAMES} more` : '';
  return [
    `${what}: ${missing
      .slice(0, MAX_NAMES)
      .map((name) => JSON.stringify(name))
      .join(', ')}${more}`,
  ];
}

function formatClaims({
  lastPrompt,
  lastAnswer,
  lastCommands = [],
  claimedTasks = [],
  contextUsedPercent,
  costUsd,
}: Handover): string[] {
  const commands = lastCommands.map(
    ({ command, outcome, exitCode }) =>
      `  | ${truncateLine(command, 300)} (${outcome ?? 'unknown'}${exitCode ? `, exit code ${exitCode}` : ''})`,
  );
  return [
    ...(lastPrompt === undefined ? [] : [`Last prompt: ${truncateLine(lastPrompt, 500)}`]),
    ...(lastAnswer === undefined ? [] : ['Last answer:', ...quote(truncateText(lastAnswer, 1_500))]),
    ...(commands.length > 0 ? ['Last commands:', ...commands] : []),
    ...(claimedTasks.length > 0
      ? [
          `Tasks that it had claimed: ${claimedTasks.map(({ taskId, title }) => `(${taskId}) ${truncateLine(title ?? '', 100)}`).join(', ')}`,
        ]
      : []),
    ...(contextUsedPercent === undefined ? [] : [`Context used: ${contextUsedPercent} %`]),
    ...(costUsd === undefined ? [] : [`Cost: ${costUsd.toFixed(2)} USD`]),
  ];
}

const quote = (text: string): string[] => text.split(/\r\n|[\n\r\u2028\u2029\u0085]/).map((line) => `  | ${line}`);
