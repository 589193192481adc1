import { describe, expect, test } from 'vitest';
import { divide, estimateTokens, fitItems, fitText, itemSize, jsonByteLength } from './token-budget.ts';

test('sizes are bytes of JSON, an item has its comma, and a token has three bytes', () => {
  expect([jsonByteLength('ü'), itemSize('ü'), estimateTokens('abcde'), estimateTokens('ü')]).toEqual([4, 5, 3, 2]);
});

test('the longest prefix of a list that fits, to the byte', () => {
  const items = ['a', 'bb', 'ccc'];
  expect(fitItems(items, 100)).toEqual(items);
  const all = items.reduce((sum, item) => sum + itemSize(item), 0);
  expect(fitItems(items, all)).toEqual(items);
  expect(fitItems(items, all - 1)).toEqual(['a', 'bb']);
  expect(fitItems(items, itemSize('a'))).toEqual(['a']);
  expect(fitItems(items, itemSize('a') - 1)).toEqual([]);
  expect(fitItems(['long text', 'a'], 5)).toEqual([]);
});

test('the longest prefix of a text that fits, cut between characters', () => {
  expect(fitText('abc', itemSize('abc'))).toBe('abc');
  expect(fitText('abc', itemSize('abc') - 1)).toBe('ab');
  expect(fitText('😀😀', itemSize('😀'))).toBe('😀');
  expect(fitText('😀😀', itemSize('😀😀') - 1)).toBe('😀');
  expect(fitText('😀', itemSize('😀') - 1)).toBe('');
  for (let bytes = 3; bytes < 30; bytes += 1) {
    const fitting = fitText('a"b\nü😀cdefgh', bytes);
    expect(itemSize(fitting)).toBeLessThanOrEqual(bytes);
    const longer = Array.from('a"b\nü😀cdefgh').slice(0, Array.from(fitting).length + 1);
    if (longer.join('') !== fitting) expect(itemSize(longer.join(''))).toBeGreaterThan(bytes);
  }
});

describe('a budget', () => {
  const demands = { task: { size: 50, floor: 20 }, notes: { size: 100, floor: 10 }, tasks: { size: 5, floor: 30 } };

  test('gives each part its floor as far as it needs it, then the rest in order', () => {
    expect(divide(45, demands, ['notes', 'task'])).toEqual({ task: 20, notes: 20, tasks: 5 });
    expect(divide(130, demands, ['notes', 'task'])).toEqual({ task: 25, notes: 100, tasks: 5 });
    expect(divide(1_000, demands, ['notes', 'task', 'tasks'])).toEqual({ task: 50, notes: 100, tasks: 5 });
  });

  test('that is smaller than the floors goes to the first, and is never overdrawn', () => {
    expect(divide(25, demands, ['notes'])).toEqual({ task: 20, notes: 5, tasks: 0 });
    expect(divide(0, demands, ['notes'])).toEqual({ task: 0, notes: 0, tasks: 0 });
  });

  test('gives no more than the floor to a part that is not in the order', () => {
    expect(divide(1_000, demands, [])).toEqual({ task: 20, notes: 10, tasks: 5 });
  });
});
