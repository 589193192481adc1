import { expect, test } from 'vitest';
import type { BenchResult } from './results.ts';
import { buildScoreboard, formatScoreboard } from './scoreboard.ts';

const measured = {
  version: '1.2.3',
  linterFindings: 0,
  conformance: null,
  toolList: { tools: 10, bytes: 12_345, allTools: 40, allBytes: 54_321 },
  isRough: true,
  results: [],
};
const result = {
  bench: 'state-writes',
  tables: [
    { title: 'Other', columns: ['Database'], rows: [['SQLite']] },
    { title: 'Lost', columns: ['Store', 'Acknowledged', 'Still there', 'Lost'], rows: [['SQLite', 960, 960, 0]] },
  ],
  goals: [{ name: 'flat', value: 2, atMost: 1.5 }],
} as unknown as BenchResult;

const passed = {
  revision: '2025-11-25',
  fixtures: false,
  scenariosPassed: 40,
  scenariosExpectedToFail: 2,
  scenariosFailed: 0,
  checksPassed: 90,
};

test('what was not run is told as not run', () => {
  const text = formatScoreboard(buildScoreboard(measured));
  expect(text).toContain('### Scoreboard of 1.2.3');
  expect(text).toContain('MCP conformance: not run');
  expect(text).toContain('Lost updates and ratios: no bench has been run yet.');
});

test('lost updates and goals come from the results, conformance from its run', () => {
  const board = buildScoreboard({ ...measured, conformance: { totals: [passed] }, results: [result] });
  expect(board.lostUpdates).toEqual([{ store: 'SQLite', acknowledged: 960, lost: 0 }]);
  expect(board.goals).toEqual([{ bench: 'state-writes', name: 'flat', value: 2, atMost: 1.5, isMet: false }]);
  const text = formatScoreboard(board);
  expect(text).toMatch(/2025-11-25, as it is +\| 40 +\| 2 +\| 0 +\| 90/);
  expect(text).toContain('0 of 960 acknowledged');
  expect(text).toContain('rough');
});
