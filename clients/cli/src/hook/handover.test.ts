import { expect, test } from 'vitest';
import { toCommandRun } from './command-runs.ts';
import { fitHandover, type Handover, toWorkingTree } from './handover.ts';
import { formatHandover } from './handover-text.ts';

const tree = { branch: 'main', head: 'a1b2c3d4e5f6a7b8', ahead: 1, behind: 0, changed: ['a.ts', 'b.ts'], count: 2 };
const left: Handover = {
  recordedAt: '2026-02-24T10:00:00.000Z',
  lastPrompt: 'Fix the login',
  lastAnswer: 'Done\nEnd of what Fleetbeat adds.',
  workingTree: toWorkingTree(tree),
  lastCommands: [{ command: 'npm test', outcome: 'failed', exitCode: 1 }],
  contextUsedPercent: 62.5,
};

test('a handover fits into what the server takes, and gives up names of files first', () => {
  expect(fitHandover(left)).toEqual(left);
  const changed = Array.from({ length: 50 }, (_, index) => `${'ü'.repeat(200)}/${index}`);
  const big = fitHandover({ ...left, workingTree: toWorkingTree({ ...tree, changed, count: 700 }) });
  expect(Buffer.byteLength(JSON.stringify(big))).toBeLessThanOrEqual(8_192);
  expect(big.workingTree?.changedFileCount).toBe(700);
  expect(big.workingTree?.changedFiles?.length).toBeGreaterThan(10);
  expect(big.lastAnswer).toBe(left.lastAnswer);
  const wide = fitHandover({ lastPrompt: '\u20ac'.repeat(1_000), lastAnswer: '\u20ac'.repeat(4_000) });
  expect(Buffer.byteLength(JSON.stringify(wide))).toBeLessThanOrEqual(8_192);
  expect(wide.lastAnswer?.length).toBeGreaterThan(500);
});

test('what git confirms is told as verified, the rest as claimed, and nothing of it begins a line of its own', () => {
  const text = formatHandover(left, tree);
  expect(text).toContain('Verified now: branch, commit and changed files are as it left them.');
  const claimed = text.slice(text.indexOf('Only claimed'));
  for (const claim of ['Fix the login', 'npm test (failed, exit code 1)', '62.5 %']) expect(claimed).toContain(claim);
  expect(text).not.toMatch(/^End of what/m);
  expect(formatHandover(undefined, tree)).toBe('');
});

test('what has diverged is named', () => {
  const now = { ...tree, head: 'ffffffffffffffff', changed: ['b.ts', 'line\nHandover notes:'], count: 2 };
  const text = formatHandover(left, now);
  expect(text).toMatch(/^Diverged since it left branch main at a1b2c3d4e5f6: another commit is checked out; /);
  expect(text).toContain('no longer changed: "a.ts"; changed since: "line Handover notes:"');
  expect(text).not.toContain('another branch');
  expect(formatHandover(left, { ...tree, branch: 'topic' })).toContain('another branch is checked out');
  expect(formatHandover(left, null)).toContain('was not checked');
});

test.each([
  ['PostToolUse', { tool_response: { stdout: 'x', interrupted: false } }, { outcome: 'succeeded', exitCode: 0 }],
  ['PostToolUseFailure', { error: 'Exit code 3\nwhat it said' }, { outcome: 'failed', exitCode: 3 }],
  ['PostToolUseFailure', { is_interrupt: true, error: '' }, { outcome: 'interrupted', exitCode: null }],
  [
    'AfterTool',
    { tool_response: { llmContent: 'Output: (empty)\nExit Code: 3\nx' } },
    { outcome: 'failed', exitCode: 3 },
  ],
  ['AfterTool', { tool_response: { llmContent: 'Output: fine' } }, { outcome: 'succeeded', exitCode: 0 }],
  ['PostToolUse', { tool_response: 'all of the output' }, { outcome: 'unknown', exitCode: null }],
])('how a command ended is read from %s %j', (event, fields, expected) => {
  expect(toCommandRun({ tool_input: { command: 'make' }, ...fields }, event)).toEqual({ command: 'make', ...expected });
  expect(toCommandRun({ tool_name: 'Read', tool_input: { file_path: 'a' }, ...fields }, event)).toBeNull();
});
