import { expect, test } from 'vitest';
import { Bulkhead } from './bulkhead.ts';

const SOON_MS = 30;
const late = () => performance.now() + 60_000;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Work that has started and runs until `end` is called. */
function standing(bulkhead: Bulkhead) {
  const begun: string[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const add = (name: string, accountId: string, resource: string | null, deadline = late()) =>
    bulkhead.run({ accountId, resource }, deadline, async () => {
      begun.push(name);
      await ended;
      return name;
    });
  return { begun, add, end: () => end() };
}

test('limits one resource to two and one account to four, without delaying others', async () => {
  const { begun, add, end } = standing(new Bulkhead());
  const all = [
    ...['a1', 'a2', 'a3'].map((name) => add(name, 'one', 'row a')),
    ...['b1', 'b2', 'b3'].map((name) => add(name, 'one', 'row b')),
    add('c1', 'one', null),
    add('d1', 'two', 'row a'),
  ];
  await turn();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'b2', 'd1']);
  end();
  expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1', 'd1']);
});

test('all accounts together leave part of the pool free', async () => {
  const { begun, add, end } = standing(new Bulkhead());
  const all = Array.from({ length: 20 }, (_, index) => add(`${index}`, `account ${index}`, null));
  await turn();
  expect(begun).toHaveLength(12);
  end();
  await Promise.all(all);
  expect(begun).toHaveLength(20);
});

test('work that waited until its deadline gets 503 and never starts', async () => {
  const { begun, add, end } = standing(new Bulkhead());
  const first = [add('1', 'one', 'row'), add('2', 'one', 'row')];
  await expect(add('3', 'one', 'row', performance.now() + SOON_MS)).rejects.toMatchObject({ kind: 'unavailable' });
  end();
  await Promise.all(first);
  expect(begun).toEqual(['1', '2']);
});

test('failed work releases its slot', async () => {
  const bulkhead = new Bulkhead();
  const share = { accountId: 'one', resource: 'row' };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const failing = bulkhead.run(share, late(), () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
  }
  expect(await bulkhead.run(share, late(), async () => 'yes')).toBe('yes');
});
