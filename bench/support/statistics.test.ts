import { expect, test } from 'vitest';
import { runAlternating } from './alternating-rounds.ts';
import { parseOptions } from './options.ts';
import { findResponseEnd } from './response-end.ts';
import { compareRounds, median, percentile } from './statistics.ts';

test('the median is the middle, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('a percentile is one of the values', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, 99)).toBe(99);
  expect(percentile([7], 50)).toBe(7);
  expect(percentile([], 50)).toBeNaN();
});

test('a ratio compares neighbours in time', () => {
  expect(compareRounds([10, 2, 30], [5, 1, 10])).toEqual({ median: 2, min: 2, max: 3 });
});

test('sides alternate, and the first round of each is dropped', async () => {
  const turns: string[] = [];
  const side = (name: string) => async () => turns.push(name);
  const outcomes = await runAlternating(2, { a: side('a'), b: side('b') });
  expect(turns.join('')).toBe('ababab');
  expect(outcomes).toEqual({ a: [3, 5], b: [4, 6] });
});

test.each([
  ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}', 40],
  ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}', null],
  ['HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n', 36],
  ['HTTP/1.1 200 OK\r\nDate: x', null],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n', 59],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n', null],
])('%j ends at %s', (text, end) => {
  expect(findResponseEnd(Buffer.from(text))).toBe(end);
});

test('a quick run is shorter, and given options override defaults', () => {
  const { rounds } = parseOptions([]);
  expect(parseOptions(['--quick']).rounds).toBeLessThan(rounds);
  expect(parseOptions(['--quick', '--rounds', '9', '--connections', '1,64', '--database', 'sqlite'])).toMatchObject({
    rounds: 9,
    connections: [1, 64],
    databases: ['sqlite'],
  });
  expect(() => parseOptions(['--seconds', 'soon'])).toThrow("--seconds must be a positive number; it is 'soon'");
});
