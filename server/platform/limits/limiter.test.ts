import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { getBudgets, getStateWriteBudget } from './budgets.ts';
import { Limiter } from './limiter.ts';

const budget = { policy: 'tries', quota: 3, windowSeconds: 60 };

test('of many at once exactly as many pass as the budget allows', async () => {
  const limiter = new Limiter(null);
  const standings = await Promise.all(Array.from({ length: 50 }, () => limiter.consume(budget, 'a')));
  expect(standings.filter(({ exceeded }) => !exceeded).map(({ remaining }) => remaining)).toEqual([2, 1, 0]);
});

test('subjects do not share a budget, and budgets do not share a subject', async () => {
  const limiter = new Limiter(null);
  for (let count = 0; count < 4; count += 1) await limiter.consume(budget, 'a');
  expect(await limiter.consume(budget, 'b')).toMatchObject({ remaining: 2, exceeded: false });
  expect(await limiter.consume({ ...budget, policy: 'others' }, 'a')).toMatchObject({ remaining: 2, exceeded: false });
});

test('looking counts nothing, and tells that nothing remains before one is too many', async () => {
  const limiter = new Limiter(null);
  for (let count = 0; count < 10; count += 1) expect((await limiter.peek(budget, 'a')).exceeded).toBe(false);
  for (let count = 0; count < 3; count += 1) expect((await limiter.consume(budget, 'a')).exceeded).toBe(false);
  expect(await limiter.peek(budget, 'a')).toMatchObject({ remaining: 0, exceeded: true });
});

test('a budget is whole again when its window is over', async () => {
  const limiter = new Limiter(null);
  const short = { policy: 'short', quota: 1, windowSeconds: 1 };
  await limiter.consume(short, 'a');
  const spent = await limiter.consume(short, 'a');
  expect(spent).toMatchObject({ remaining: 0, resetSeconds: 1, exceeded: true });
  while ((await limiter.peek(short, 'a')).exceeded) await pause(20);
  expect((await limiter.consume(short, 'a')).exceeded).toBe(false);
});

test('a higher tier never allows less, an account more than a key, and unlimited has no budget', () => {
  for (const kind of ['read', 'write'] as const) {
    const quotas = (['free', 'pro', 'team'] as const).map((tier) => {
      const budgets = getBudgets(tier, kind);
      expect(budgets?.account.quota).toBeGreaterThan(Number(budgets?.key.quota));
      return Number(budgets?.key.quota);
    });
    expect(quotas).toEqual(quotas.toSorted((a, b) => a - b));
    expect(getBudgets('unlimited', kind)).toBeNull();
  }
  expect(getStateWriteBudget('free')).toMatchObject({ quota: 10, windowSeconds: 60 });
  expect(getStateWriteBudget('unlimited')).toBeNull();
});
