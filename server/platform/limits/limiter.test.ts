import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { budgetsOf, stateWritesOf } from './budgets.ts';
import { Limiter } from './limiter.ts';

const budget = { policy: 'tries', quota: 3, windowSeconds: 60 };

test('of many at once exactly as many pass as the budget allows', async () => {
  const limiter = new Limiter(null);
  const standings = await Promise.all(Array.from({ length: 50 }, () => limiter.take(budget, 'a')));
  expect(standings.filter(({ exceeded }) => !exceeded).map(({ remaining }) => remaining)).toEqual([2, 1, 0]);
});

test('subjects do not share a budget, and budgets do not share a subject', async () => {
  const limiter = new Limiter(null);
  for (let count = 0; count < 4; count += 1) await limiter.take(budget, 'a');
  expect(await limiter.take(budget, 'b')).toMatchObject({ remaining: 2, exceeded: false });
  expect(await limiter.take({ ...budget, policy: 'others' }, 'a')).toMatchObject({ remaining: 2, exceeded: false });
});

test('looking counts nothing, and tells that nothing remains before one is too many', async () => {
  const limiter = new Limiter(null);
  for (let count = 0; count < 10; count += 1) expect((await limiter.look(budget, 'a')).exceeded).toBe(false);
  for (let count = 0; count < 3; count += 1) expect((await limiter.take(budget, 'a')).exceeded).toBe(false);
  expect(await limiter.look(budget, 'a')).toMatchObject({ remaining: 0, exceeded: true });
});

test('a budget is whole again when its window is over', async () => {
  const limiter = new Limiter(null);
  const short = { policy: 'short', quota: 1, windowSeconds: 1 };
  await limiter.take(short, 'a');
  const spent = await limiter.take(short, 'a');
  expect(spent).toMatchObject({ remaining: 0, resetSeconds: 1, exceeded: true });
  while ((await limiter.look(short, 'a')).exceeded) await pause(20);
  expect((await limiter.take(short, 'a')).exceeded).toBe(false);
});

test('a higher tier never allows less, an account more than a key, and unlimited has no budget', () => {
  for (const kind of ['read', 'write'] as const) {
    const quotas = (['free', 'pro', 'team'] as const).map((tier) => {
      const budgets = budgetsOf(tier, kind);
      expect(budgets?.account.quota).toBeGreaterThan(Number(budgets?.key.quota));
      return Number(budgets?.key.quota);
    });
    expect(quotas).toEqual(quotas.toSorted((a, b) => a - b));
    expect(budgetsOf('unlimited', kind)).toBeNull();
  }
  expect(stateWritesOf('free')).toMatchObject({ quota: 10, windowSeconds: 60 });
  expect(stateWritesOf('unlimited')).toBeNull();
});
