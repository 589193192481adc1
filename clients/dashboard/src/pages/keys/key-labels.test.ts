import { expect, test } from 'vitest';
import { at } from '../../testing/session-fixtures.ts';
import { getGrantableRoles, getKeyState } from './key-labels.ts';

const now = Date.parse(at('10:00'));

test.each([
  [{ revokedAt: null, expiresAt: null }, 'active'],
  [{ revokedAt: at('09:59'), expiresAt: null }, 'revoked'],
  [{ revokedAt: at('10:00:30'), expiresAt: null }, 'ending'],
  [{ revokedAt: null, expiresAt: at('10:00') }, 'expired'],
  [{ revokedAt: null, expiresAt: at('10:01') }, 'expiring'],
  [{ revokedAt: null, expiresAt: '2026-03-24T10:00:00.000Z' }, 'active'],
] as const)('%j is %s', (key, state) => {
  expect(getKeyState(key, now)).toBe(state);
});

test('no role can grant more rights than its own', () => {
  expect(getGrantableRoles('admin').map(({ role }) => role)).toEqual(['program', 'auditor', 'admin']);
  expect(getGrantableRoles('operator')).toHaveLength(4);
  expect(getGrantableRoles('program')).toEqual([]);
});
