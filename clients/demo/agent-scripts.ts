/** The agents of the demo, and what they do. */

export interface AgentScript {
  readonly programId: string;
  readonly project: string;
  /** The work of one session: its name, its statuses, and a question that it may ask. */
  readonly name: string;
  readonly statuses: readonly string[];
  readonly question?: string;
  /** How its sessions tend to end: most complete, some hand over, one falls silent, one gets stuck. */
  readonly ending: 'complete' | 'handoff' | 'silence' | 'stuck';
}

const defineScript = (
  programId: string,
  project: string,
  name: string,
  statuses: readonly string[],
  ending: AgentScript['ending'],
  question?: string,
): AgentScript => ({ programId, project, name, statuses, ending, ...(question !== undefined && { question }) });

const CODE = ['Reading the issue', 'Writing a failing test', 'Changing the code', 'Running the tests', 'Opening a PR'];
const REVIEW = ['Fetching the diff', 'Reading the tests', 'Trying the edge cases', 'Writing the review'];

export const AGENT_SCRIPTS: readonly AgentScript[] = [
  defineScript('builder', 'checkout', 'Split payments', CODE, 'complete', 'May I drop the column orders.legacy_total?'),
  defineScript('api-refactor', 'gateway', 'Move /v2 to the new router', CODE, 'handoff'),
  defineScript('code-reviewer', 'checkout', 'Review PR 482', REVIEW, 'complete'),
  defineScript(
    'release-manager',
    'mobile',
    'Release 4.12',
    ['Changelog', 'Build', 'Smoke tests', 'Rollout'],
    'complete',
    'Smoke tests pass. Shall I roll out to 10 % now?',
  ),
  defineScript('test-writer', 'search', 'Cover the ranking rules', CODE, 'complete'),
  defineScript(
    'docs-writer',
    'gateway',
    'Explain the webhooks',
    ['Outline', 'First draft', 'Examples', 'Links'],
    'complete',
  ),
  defineScript(
    'bug-hunter',
    'mobile',
    'Crash on resume (Android 16)',
    ['Reproducing', 'Bisecting', 'Reading the heap dump'],
    'stuck',
  ),
  defineScript(
    'dependency-bot',
    'platform',
    'Update 14 packages',
    ['Resolving', 'Building', 'Testing', 'Merging'],
    'silence',
  ),
  defineScript(
    'data-migrator',
    'billing',
    'Backfill invoices 2025',
    ['Copying', 'Checking sums', 'Switching reads'],
    'complete',
    'Two invoices differ by 1 cent. Round up, or leave them?',
  ),
  defineScript(
    'perf-tuner',
    'search',
    'p99 of /suggest under 80 ms',
    ['Profiling', 'Trying an index', 'Measuring'],
    'handoff',
  ),
  defineScript(
    'security-auditor',
    'platform',
    'Quarterly audit',
    ['Listing endpoints', 'Checking rights', 'Writing it up'],
    'complete',
  ),
  defineScript('support-triage', 'mobile', 'Sort 60 new tickets', ['Reading', 'Grouping', 'Answering'], 'complete'),
];
