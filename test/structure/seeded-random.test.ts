import { expect, test } from 'vitest';
import { createRandom } from '../support/seeded-random.ts';
import { sourceFiles } from '../support/sources.ts';

const draw = (seed: string) => {
  const random = createRandom('test', { FLEETBEAT_TEST_SEED: seed });
  return Array.from({ length: 50 }, () => random.int(3, 13));
};

test('a seed repeats its choices, and another seed makes others', () => {
  expect(draw('42')).toEqual(draw('42'));
  expect(draw('42')).not.toEqual(draw('43'));
  expect(new Set(draw('42')).size).toBeGreaterThan(5);
  for (const value of draw('7')) expect(value >= 3 && value < 13).toBe(true);
});

test('a seed that is no number is refused', () => {
  expect(() => createRandom('test', { FLEETBEAT_TEST_SEED: 'many' })).toThrow('FLEETBEAT_TEST_SEED');
});

test('the fault suite draws nothing that a seed would not repeat', () => {
  const unseeded = [...sourceFiles('test/faults'), ...sourceFiles('test/cluster')].filter(({ text }) =>
    /\brandomInt\(|Math\.random\(/.test(text),
  );
  expect(unseeded.map(({ path }) => path)).toEqual([]);
});
