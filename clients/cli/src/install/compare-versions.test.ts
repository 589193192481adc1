import { expect, test } from 'vitest';
import { compareVersions } from './compare-versions.ts';

test('versions are in the order of Semantic Versioning', () => {
  const inOrder = [
    '0.1.0',
    '0.2.0',
    '0.10.0',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0',
    '1.0.1',
  ];
  const shuffled = [...inOrder].reverse();
  expect(shuffled.sort(compareVersions)).toEqual(inOrder);
  expect(compareVersions('1.2.3', '1.2.3')).toBe(0);
});
