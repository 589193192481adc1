import { expect, test, vi } from 'vitest';
import { Batcher } from './batcher.ts';

class Broken extends Error {}

const nextTick = () => new Promise((resolve) => setImmediate(resolve));

function createBatcher(commit: (items: readonly number[]) => void = () => undefined) {
  const batches: number[][] = [];
  const batcher = new Batcher<number, number>({
    maxSize: 4,
    failsWholeBatch: (error) => !(error instanceof Broken),
    async runBatch(items) {
      batches.push([...items]);
      await nextTick();
      commit(items);
      return items.map((item) => (item < 0 ? { error: new Error(`${item} is negative`) } : { result: item * 2 }));
    },
  });
  return { batches, batcher };
}

test('a single item runs at once, and items that arrive meanwhile share the next batches', async () => {
  const { batches, batcher } = createBatcher();
  const first = batcher.add(1);
  await nextTick();
  expect(batches).toEqual([[1]]);
  expect(await Promise.all([first, ...[2, 3, 4, 5, 6].map((item) => batcher.add(item))])).toEqual([2, 4, 6, 8, 10, 12]);
  expect(batches).toEqual([[1], [2, 3, 4, 5], [6]]);
});

test('items added in one event-loop tick share a batch', async () => {
  const { batches, batcher } = createBatcher();
  await Promise.all([1, 2, 3].map((item) => batcher.add(item)));
  expect(batches).toEqual([[1, 2, 3]]);
});

test('items of one event-loop tick share a batch, even if the work completes within the tick', async () => {
  const sizes: number[] = [];
  const runBatch = async (items: readonly number[]) => {
    sizes.push(items.length);
    return items.map((result) => ({ result }));
  };
  const batcher = new Batcher<number, number>({ maxSize: 10, failsWholeBatch: () => false, runBatch });
  // Each request of a tick is processed with all its microtasks before the next one is read.
  const requests = [1, 2, 3].map(async (item) => {
    for (let step = 0; step < 20 * item; step += 1) await Promise.resolve();
    return batcher.add(item);
  });
  expect(await Promise.all(requests)).toEqual([1, 2, 3]);
  expect(sizes).toEqual([3]);
});

test('an item with its own error fails alone', async () => {
  const { batcher } = createBatcher();
  const outcomes = await Promise.allSettled([1, -2, 3].map((item) => batcher.add(item)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('an item that breaks the transaction fails alone, and the others are retried without it', async () => {
  const { batcher } = createBatcher((items) => {
    if (items.includes(13)) throw new Broken();
  });
  const outcomes = await Promise.allSettled([1, 2, 13, 4].map((item) => batcher.add(item)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
});

test('an error of the whole batch rejects all its items, and later items run normally', async () => {
  let isUnavailable = true;
  const { batcher } = createBatcher(() => {
    if (isUnavailable) throw new Error('unavailable');
  });
  const outcomes = await Promise.allSettled([1, 2, 3].map((item) => batcher.add(item)));
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  isUnavailable = false;
  expect(await batcher.add(5)).toBe(10);
});

test('an expired item is rejected, and the items behind it run', async () => {
  const done: number[] = [];
  const deadlines: number[] = [];
  let go = () => {};
  const group = new Batcher<number, number>({
    maxSize: 10,
    failsWholeBatch: () => true,
    async runBatch(items, deadline) {
      done.push(...items);
      deadlines.push(deadline);
      if (items.includes(1)) await new Promise<void>((resolve) => (go = resolve));
      return items.map((result) => ({ result }));
    },
  });
  expect(group.oldestWaitMs()).toBe(0);
  const first = group.add(1);
  await vi.waitUntil(() => done.length === 1);
  const now = performance.now();
  const tooOld = group.add(2, now - 60_000).catch((error: unknown) => error);
  const third = group.add(3, now);
  expect(group.oldestWaitMs()).toBeGreaterThan(0);
  go();
  expect(await Promise.all([first, third])).toEqual([1, 3]);
  expect(await tooOld).toMatchObject({ kind: 'unavailable' });
  expect(done).toEqual([1, 3]);
  expect(deadlines[1]).toBe(now + 8_000);
  await nextTick();
  expect(group.oldestWaitMs()).toBe(0);
});
