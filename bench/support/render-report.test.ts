import { expect, test } from 'vitest';
import { formatBound, formatFigure, formatFindings, isMet, markdownTable } from './findings.ts';
import { renderReport } from './render-report.ts';
import type { BenchResult } from './results.ts';

test.each([
  [1234.5, '1,230'],
  [0.01234, '0.0123'],
  [0, '0'],
  [99.96, '100'],
  [Number.NaN, '–'],
  ['as it is', 'as it is'],
])('%s is told as %s', (value, expected) => {
  expect(formatFigure(value)).toBe(expected);
});

test('a goal is met at its bound and not beyond it', () => {
  expect(isMet({ name: 'g', value: 1.6, atLeast: 1.6 })).toBe(true);
  expect(isMet({ name: 'g', value: 1.59, atLeast: 1.6 })).toBe(false);
  expect(isMet({ name: 'g', value: 1.01, atMost: 1 })).toBe(false);
  expect(isMet({ name: 'g', value: Number.NaN, atMost: 1 })).toBe(false);
  expect(formatBound({ name: 'g', value: 1, atMost: 1.5 })).toBe('≤ 1.5');
});

test('a table is Markdown with aligned columns', () => {
  expect(markdownTable(['Side', '/s'], [['ours', 1234]])).toBe('| Side | /s    |\n| ---- | ----- |\n| ours | 1,230 |');
});

const result: BenchResult = {
  bench: 'heartbeats',
  at: '2026-02-24T10:30:00.000Z',
  quick: true,
  seconds: 12,
  machine: { cores: 2, processor: 'A', memoryGb: 24, system: 'linux 6', node: 'v20', diskSyncMs: 1, load: 0.5 },
  question: 'How many?',
  tables: [{ title: 'Rates', columns: ['Side', '/s'], rows: [['ours', 2]] }],
  goals: [
    { name: 'fast', value: 2, atLeast: 1 },
    { name: 'faster', value: 2, atLeast: 3 },
  ],
  notes: ['On SQLite.'],
};

test('the page has the machine, every goal, and a cause when one is not met', () => {
  const page = renderReport([result], '# Benches', { heartbeats: 'The disk.' });
  expect(page).toContain('2 cores');
  expect(page).toMatch(/\| faster +\| ≥ 3 +\| 2 +\| \*\*not met\*\* \|/);
  expect(page).toContain('**Why not all is met.** The disk.');
});

test('a page without results says so', () => {
  expect(renderReport([], '# Benches', {})).toBe('# Benches\n\nNo bench has been run yet.\n');
});

test('the findings read as text', () => {
  expect(formatFindings(result)).toContain('Rates\n| Side');
});
