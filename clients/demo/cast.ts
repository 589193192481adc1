/** Who plays in the demo, and what they do. */

export interface Part {
  readonly programId: string;
  readonly project: string;
  /** The work of one session: its name, what it says on the way, and what it may have to ask. */
  readonly name: string;
  readonly steps: readonly string[];
  readonly question?: string;
  /** How this one tends to end: most complete, some hand over, one falls silent, one gets stuck. */
  readonly end: 'complete' | 'handoff' | 'silence' | 'stuck';
}

const part = (
  programId: string,
  project: string,
  name: string,
  steps: readonly string[],
  end: Part['end'],
  question?: string,
): Part => ({ programId, project, name, steps, end, ...(question !== undefined && { question }) });

const CODE = ['Reading the issue', 'Writing a failing test', 'Changing the code', 'Running the tests', 'Opening a PR'];
const REVIEW = ['Fetching the diff', 'Reading the tests', 'Trying the edge cases', 'Writing the review'];

export const CAST: readonly Part[] = [
  part('builder', 'checkout', 'Split payments', CODE, 'complete', 'May I drop the column orders.legacy_total?'),
  part('api-refactor', 'gateway', 'Move /v2 to the new router', CODE, 'handoff'),
  part('code-reviewer', 'checkout', 'Review PR 482', REVIEW, 'complete'),
  part(
    'release-manager',
    'mobile',
    'Release 4.12',
    ['Changelog', 'Build', 'Smoke tests', 'Rollout'],
    'complete',
    'Smoke tests pass. Shall I roll out to 10 % now?',
  ),
  part('test-writer', 'search', 'Cover the ranking rules', CODE, 'complete'),
  part('docs-writer', 'gateway', 'Explain the webhooks', ['Outline', 'First draft', 'Examples', 'Links'], 'complete'),
  part(
    'bug-hunter',
    'mobile',
    'Crash on resume (Android 16)',
    ['Reproducing', 'Bisecting', 'Reading the heap dump'],
    'stuck',
  ),
  part('dependency-bot', 'platform', 'Update 14 packages', ['Resolving', 'Building', 'Testing', 'Merging'], 'silence'),
  part(
    'data-migrator',
    'billing',
    'Backfill invoices 2025',
    ['Copying', 'Checking sums', 'Switching reads'],
    'complete',
    'Two invoices differ by 1 cent. Round up, or leave them?',
  ),
  part('perf-tuner', 'search', 'p99 of /suggest under 80 ms', ['Profiling', 'Trying an index', 'Measuring'], 'handoff'),
  part(
    'security-auditor',
    'platform',
    'Quarterly audit',
    ['Listing endpoints', 'Checking rights', 'Writing it up'],
    'complete',
  ),
  part('support-triage', 'mobile', 'Sort 60 new tickets', ['Reading', 'Grouping', 'Answering'], 'complete'),
];
