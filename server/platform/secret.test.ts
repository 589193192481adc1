import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { generateKey, isGuessable } from './secret.ts';

test.each([
  'aaaaaaaaaaaaaaaa',
  'aaaaaaaaaaaaaaab',
  'abababababababab',
  'ab12ab12ab12ab12ab12ab12ab12ab12',
  '1234567890123456',
  'changemechangeme',
  'change-me-please',
  'secretsecretsecret',
  'my-super-secret-key',
  'FleetbeatPassword',
  'adminadminadmin123',
])('%s is guessable', (secret) => {
  expect(isGuessable(secret)).toBe(true);
});

test('generated secrets are not guessable', () => {
  for (let round = 0; round < 1_000; round += 1) {
    expect(isGuessable(generateKey().secret)).toBe(false);
    expect(isGuessable(randomBytes(16).toString('hex'))).toBe(false);
    expect(isGuessable(randomBytes(16).toString('base64url'))).toBe(false);
  }
  expect(isGuessable('correct-horse-battery-staple')).toBe(false);
});
