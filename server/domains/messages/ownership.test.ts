import { expect, test } from 'vitest';
import type { Principal } from '../../platform/principal.ts';
import { isSender, resolveInbox } from './ownership.ts';
import { newMessage } from './rules.ts';

const NOW = 1_800_000_000_000;
const holder = (role: Principal['role'], programId: string | null, keyId = 'k-1'): Principal => ({
  accountId: 'main',
  accountName: 'main',
  tier: 'unlimited',
  keyId,
  role,
  programId,
  label: null,
  expiresAt: null,
});
const builder = holder('program', 'builder');
const admin = holder('admin', null);
const kind = (of: string) => expect.objectContaining({ kind: of });
const message = (by: Principal) =>
  newMessage(by, 'm-1', { to: '*', kind: 'PING', text: 'There?', ttlSeconds: 60 }, NOW);

test('the sender is the program of the key; an admin without one is known by the key', () => {
  expect(message(builder)).toMatchObject({ sender: 'builder', senderKeyId: 'k-1', expiresAt: NOW + 60_000 });
  expect(message(admin)).toMatchObject({ sender: null, senderKeyId: 'k-1' });
  expect(isSender(holder('program', 'builder', 'k-2'), message(builder))).toBe(true);
  expect(isSender(holder('program', 'reviewer'), message(builder))).toBe(false);
  expect(isSender(admin, message(admin))).toBe(true);
  expect(isSender(holder('admin', null, 'k-2'), message(admin))).toBe(false);
  expect(isSender(builder, message(admin))).toBe(false);
});

test('a program has its own inbox, an auditor reads any, an admin also acknowledges in any', () => {
  expect(resolveInbox(builder, undefined, 'read')).toBe('builder');
  expect(resolveInbox(builder, 'builder', 'acknowledge')).toBe('builder');
  expect(() => resolveInbox(builder, 'reviewer', 'read')).toThrow(kind('forbidden'));
  expect(resolveInbox(holder('auditor', null), 'builder', 'read')).toBe('builder');
  expect(() => resolveInbox(holder('auditor', null), 'builder', 'acknowledge')).toThrow(kind('forbidden'));
  expect(resolveInbox(admin, 'builder', 'acknowledge')).toBe('builder');
  expect(() => resolveInbox(admin, undefined, 'read')).toThrow(kind('invalid-request'));
});
