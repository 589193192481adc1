import { expect, test } from 'vitest';
import { CredentialCache } from './credential-cache.ts';

interface Value {
  readonly name: string;
}

/** A cache whose loads end when the test says so. */
function createCache() {
  const loads: ((found: ReadonlyMap<string, Value>) => void)[] = [];
  const cache = new CredentialCache<Value>(() => new Promise((resolve) => loads.push(resolve)));
  const nextLoad = async () => {
    while (loads.length === 0) await new Promise((resolve) => setImmediate(resolve));
    return loads.shift() as (found: ReadonlyMap<string, Value>) => void;
  };
  return { cache, nextLoad };
}

const builder = { name: 'builder' };

test('a value that was found is there without another query, and one that was not found is not', async () => {
  const { cache, nextLoad } = createCache();
  const found = cache.find('k-1');
  (await nextLoad())(new Map([['k-1', builder]]));
  expect(await found).toBe(builder);
  expect(cache.peek('k-1')).toBe(builder);
  const missing = cache.find('k-2');
  (await nextLoad())(new Map());
  expect(await missing).toBeNull();
  expect(cache.peek('k-2')).toBeUndefined();
});

test('an invalidation drops what matches, and nothing else', async () => {
  const stored = new Map([
    ['k-1', builder],
    ['k-2', { name: 'reviewer' }],
  ]);
  const cache = new CredentialCache<Value>(async () => stored);
  await Promise.all([cache.find('k-1'), cache.find('k-2')]);
  cache.invalidate(({ name }, key) => name === 'builder' && key === 'k-1');
  expect(cache.peek('k-1')).toBeUndefined();
  expect(cache.peek('k-2')).toEqual({ name: 'reviewer' });
});

test('what was read before an invalidation is not kept after it', async () => {
  const { cache, nextLoad } = createCache();
  const found = cache.find('k-1');
  const answer = await nextLoad();
  cache.invalidate(() => true);
  answer(new Map([['k-1', builder]]));
  await found;
  expect(cache.peek('k-1')).toBeUndefined();
});

test('lookups of suspects wait for their own kind only', async () => {
  const { cache, nextLoad } = createCache();
  const suspectLookup = cache.find('k-1', 'suspect');
  const answerSuspect = await nextLoad();
  const normal = cache.find('k-2');
  (await nextLoad())(new Map([['k-2', builder]]));
  expect(await normal).toBe(builder);
  answerSuspect(new Map());
  expect(await suspectLookup).toBeNull();
});
