import { expect, test } from 'vitest';
import { FairPool } from './fair-pool.ts';

/** Starts work that runs until `end` is called. */
function startControlled(pool: FairPool, started: string[], owner: string) {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = pool.run(owner, () => {
    started.push(owner);
    return ended;
  });
  return { end, work };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('there is a limit per owner and one for all owners together', () => {
  const pool = new FairPool({ limit: 5, perOwner: 3 });
  expect([pool.tryTake('a', 10), pool.tryTake('b', 10), pool.tryTake('c', 1)]).toEqual([3, 2, 0]);
  pool.release('a', 2);
  expect([pool.tryTake('b', 10), pool.tryTake('c', 10)]).toEqual([1, 1]);
});

test('an owner without a place gets its first one from the reserve', () => {
  const pool = new FairPool({ limit: 2, perOwner: 2, reserve: 1 });
  expect([pool.tryTake('a', 2), pool.tryTake('b', 2), pool.tryTake('c', 2)]).toEqual([2, 1, 0]);
});

test('waiting work is started round-robin by owner', async () => {
  const pool = new FairPool({ limit: 1, perOwner: 1 });
  const started: string[] = [];
  const works = ['a', 'a', 'a', 'a', 'b', 'b', 'c'].map((owner) => startControlled(pool, started, owner));
  for (const { end } of works) end();
  await Promise.all(works.map(({ work }) => work));
  expect(started).toEqual(['a', 'a', 'b', 'c', 'a', 'b', 'a']);
});

test('failed work releases its place, and an abort signal ends a wait', async () => {
  const pool = new FairPool({ limit: 1, perOwner: 1 });
  await expect(pool.run('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  const started: string[] = [];
  const first = startControlled(pool, started, 'a');
  const giveUp = new AbortController();
  const second = pool.run('b', async () => void started.push('b'), giveUp.signal);
  giveUp.abort(new Error('too late'));
  await expect(second).rejects.toThrow('too late');
  first.end();
  await first.work;
  await settle();
  expect(started).toEqual(['a']);
  expect(pool.hasPlace('b')).toBe(true);
});
