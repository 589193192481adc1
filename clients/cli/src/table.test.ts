import { expect, test } from 'vitest';
import { paintFor } from './paint.ts';
import { type Column, tableLines } from './table.ts';
import { displayWidth, manyLines, oneLine, truncate } from './text.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly remark: string | null;
}

const columns: readonly Column<Row>[] = [
  { title: 'ID', text: ({ id }) => id },
  { title: 'NAME', text: ({ name }) => name, minWidth: 6, dropOrder: 1 },
  { title: 'NOTE', text: ({ remark: note }) => note, minWidth: 6 },
];
const paint = paintFor(process.stdout, { NO_COLOR: '1' });
const rows: readonly Row[] = [
  { id: 'a-1', name: 'Überprüfung der Anmeldung', remark: '日本語のテストです、長い文' },
  { id: 'a-22', name: 'Short', remark: 'x'.repeat(40) },
];

test.each([200, 80, 60, 40, 30, 20])('at a width of %i no line is wider', (width) => {
  const lines = tableLines(columns, rows, { paint, width });
  expect(lines).toHaveLength(3);
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
  expect(lines[1]).toContain('a-1');
});

test('without a width nothing is cut, and a column with nothing in it is left out', () => {
  const whole = { paint, width: Number.POSITIVE_INFINITY };
  expect(tableLines(columns, rows, whole)[2]).toContain('x'.repeat(40));
  expect(tableLines(columns, [{ id: 'a', name: 'b', remark: null }], whole)[0]).toBe('ID  NAME');
});

test('text of others cannot steer the terminal', () => {
  expect(oneLine('a\x1b[31mred\x1b]0;title\x07b\r\n\tc\u202Ed\u0000')).toBe('aredb cd');
  expect(manyLines('one\x1b[2J\ntwo\x9bK')).toBe('one\ntwo');
});

test('text is cut by what it takes on the screen', () => {
  expect(truncate('日本語', 5)).toBe('日本…');
  expect(truncate('👩‍👩‍👧‍👦 family', 4)).toBe('👩‍👩‍👧‍👦 …');
  expect(truncate('abc', 3)).toBe('abc');
  expect(truncate('abc', 0)).toBe('');
});
