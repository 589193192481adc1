import { describe, expect, test } from 'vitest';
import { DAY, SECOND } from '../../platform/clock.ts';
import type { Principal, Role } from '../../platform/principal.ts';
import type { KeyRow } from './entity.ts';
import { isRevoked, isValid, newKeyRow, renewKeyRow, requireMintable, rotateKeyRow } from './rules.ts';

const NOW = 1_800_000_000_000;
const SECRET = { keyId: 'k-new', secretHash: 'hash' };
const principal = (more: Partial<Principal> = {}): Principal => ({
  accountId: 'main',
  accountName: 'Main',
  tier: 'unlimited',
  keyId: 'k-admin',
  role: 'admin',
  programId: null,
  label: null,
  expiresAt: null,
  ...more,
});
const key = (more: Partial<KeyRow> = {}): KeyRow => ({
  ...newKeyRow(principal(), { programId: 'builder', label: 'CI' }, { keyId: 'k-1', secretHash: 'old' }, NOW - DAY),
  ...more,
});
const kind = (of: string) => expect.objectContaining({ kind: of });

describe('a key', () => {
  test('is valid until its expiry and not at it', () => {
    expect(isValid(key({ expiresAt: null }), NOW)).toBe(true);
    expect(isValid(key({ expiresAt: NOW + 1 }), NOW)).toBe(true);
    expect(isValid(key({ expiresAt: NOW }), NOW)).toBe(false);
  });

  test('is revoked from the moment on, and stays so when the clock is set back before it', () => {
    expect(isRevoked(key(), NOW)).toBe(false);
    for (const now of [NOW - DAY, NOW - 1, NOW, NOW + 1]) expect(isRevoked(key({ revokedAt: NOW }), now)).toBe(true);
  });

  test('has thirty seconds once it is rotated, and never more when the clock is set back', () => {
    const rotated = key({ rotatedTo: 'k-2', revokedAt: NOW + 30 * SECOND });
    expect(isRevoked(rotated, NOW)).toBe(false);
    expect(isRevoked(rotated, NOW + 30 * SECOND - 1)).toBe(false);
    expect(isRevoked(rotated, NOW + 30 * SECOND)).toBe(true);
    expect(isRevoked(rotated, NOW - 1)).toBe(true);
  });

  test.each<[Role, readonly Role[]]>([
    ['program', []],
    ['auditor', []],
    ['admin', ['program', 'auditor', 'admin']],
    ['operator', ['program', 'auditor', 'admin', 'operator']],
  ])('of the role %s mints %s', (role, mintable) => {
    for (const requested of ['program', 'auditor', 'admin', 'operator'] as const) {
      const mint = () => requireMintable(principal({ role }), requested);
      if (mintable.includes(requested)) mint();
      else expect(mint).toThrow(kind('forbidden'));
    }
  });
});

describe('a new key', () => {
  test('expires in ninety days, when asked for or never, but not after its creator', () => {
    const expiry = (ttlDays?: number, expiresAt: number | null = null) =>
      newKeyRow(
        principal({ expiresAt }),
        { programId: 'builder', ...(ttlDays !== undefined && { ttlDays }) },
        SECRET,
        NOW,
      ).expiresAt;
    expect(expiry()).toBe(NOW + 90 * DAY);
    expect(expiry(1)).toBe(NOW + DAY);
    expect(expiry(0)).toBeNull();
    expect(expiry(0, NOW + DAY)).toBe(NOW + DAY);
    expect(expiry(90, NOW + DAY)).toBe(NOW + DAY);
    expect(expiry(1, NOW + 90 * DAY)).toBe(NOW + DAY);
  });

  test('is of its creator’s account and names it', () => {
    const row = newKeyRow(principal({ accountId: 'other' }), { role: 'auditor', label: 'Audit' }, SECRET, NOW);
    expect(row).toEqual({
      ...SECRET,
      accountId: 'other',
      programId: null,
      role: 'auditor',
      label: 'Audit',
      createdBy: 'k-admin',
      createdAt: NOW,
      expiresAt: NOW + 90 * DAY,
      revokedAt: null,
      rotatedTo: null,
      lastUsedAt: null,
      connectionId: null,
      clientName: null,
      renewalGrantedBy: null,
    });
  });

  test('of a program names the program', () => {
    expect(() => newKeyRow(principal(), {}, SECRET, NOW)).toThrow(kind('invalid-request'));
    expect(newKeyRow(principal(), { role: 'admin' }, SECRET, NOW)).toMatchObject({ programId: null, label: null });
  });
});

describe('a rotation', () => {
  test('keeps program, role, label and expiry, and gives the old key thirty seconds', () => {
    const before = key({ lastUsedAt: NOW - 1 });
    const { successor, old } = rotateKeyRow(principal(), before, SECRET, NOW);
    expect(successor).toEqual({ ...before, ...SECRET, createdBy: 'k-admin', createdAt: NOW, lastUsedAt: null });
    expect(old).toEqual({ ...before, rotatedTo: 'k-new', revokedAt: NOW + 30 * SECOND });
  });

  test('gives nobody a key that outlives his own', () => {
    const caller = principal({ expiresAt: NOW + SECOND });
    expect(rotateKeyRow(caller, key(), SECRET, NOW).successor.expiresAt).toBe(NOW + SECOND);
    expect(rotateKeyRow(caller, key({ expiresAt: null }), SECRET, NOW).successor.expiresAt).toBe(NOW + SECOND);
  });

  test('is for roles that the caller may mint, and for its own key', () => {
    const auditor = principal({ role: 'auditor', keyId: 'k-auditor' });
    expect(() => rotateKeyRow(auditor, key(), SECRET, NOW)).toThrow(kind('forbidden'));
    const own = key({ keyId: 'k-auditor', role: 'auditor' });
    expect(rotateKeyRow(auditor, own, SECRET, NOW).successor.role).toBe('auditor');
  });

  test('of a rotated, revoked or expired key is refused and says what to do', () => {
    const rotate = (more: Partial<KeyRow>) => () => rotateKeyRow(principal(), key(more), SECRET, NOW);
    expect(rotate({ rotatedTo: 'k-2', revokedAt: NOW + SECOND })).toThrow("to 'k-2'. Rotate that one.");
    for (const more of [{ revokedAt: NOW + SECOND }, { revokedAt: NOW - 1 }, { expiresAt: NOW }]) {
      expect(rotate(more)).toThrow(kind('key-not-rotatable'));
      expect(rotate(more)).toThrow('Have an admin make a new one.');
    }
  });
});

describe('a renewal', () => {
  const grantor = key({ keyId: 'k-admin', role: 'admin', expiresAt: null });
  const renewable = (more: Partial<KeyRow> = {}) =>
    key({ createdAt: NOW - 80 * DAY, expiresAt: NOW + 10 * DAY, renewalGrantedBy: 'k-admin', ...more });
  const own = principal({ keyId: 'k-1', role: 'program', programId: 'builder' });
  const renew = (of: KeyRow, by: KeyRow | null = grantor, who = own) =>
    renewKeyRow(who, { key: of, grantor: by }, SECRET, NOW);
  const refusal = (detail: RegExp) =>
    expect.objectContaining({ kind: 'key-not-rotatable', detail: expect.stringMatching(detail) });

  test('gives the whole life again, and leaves the old key its own', () => {
    const old = renewable();
    expect(renew(old)).toEqual({
      successor: { ...old, ...SECRET, expiresAt: NOW + 90 * DAY, createdBy: 'k-1', createdAt: NOW, lastUsedAt: null },
      old: { ...old, rotatedTo: 'k-new' },
    });
  });

  test('never outlives the key that allowed it, and ends with it', () => {
    expect(renew(renewable(), { ...grantor, expiresAt: NOW + 20 * DAY }).successor.expiresAt).toBe(NOW + 20 * DAY);
    expect(() => renew(renewable(), { ...grantor, expiresAt: NOW + 10 * DAY })).toThrow(refusal(/expires no later/));
    expect(() => renew(renewable(), { ...grantor, revokedAt: NOW - 1 })).toThrow(refusal(/is revoked or expired/));
    expect(() => renew(renewable(), null)).toThrow(refusal(/'k-admin' that allowed it is revoked or expired/));
  });

  test('is for the last two weeks, or the second half of a shorter life', () => {
    renew(renewable({ expiresAt: NOW + 14 * DAY }));
    expect(() => renew(renewable({ expiresAt: NOW + 14 * DAY + 1 }))).toThrow(refusal(/it can be from 2027-/));
    renew(renewable({ createdAt: NOW - DAY, expiresAt: NOW + DAY }));
    expect(() => renew(renewable({ createdAt: NOW - DAY, expiresAt: NOW + DAY + 1 }))).toThrow(
      refusal(/it can be from/),
    );
  });

  test('is for the holder of a key that allows it, and not for a token or an ended key', () => {
    expect(() => renew(renewable(), grantor, principal())).toThrow(kind('forbidden'));
    expect(() => renew(renewable({ renewalGrantedBy: null }))).toThrow(refusal(/is not renewable/));
    expect(() => renew(renewable({ expiresAt: null }))).toThrow(refusal(/is not renewable/));
    expect(() => renew(renewable({ connectionId: 'c-1' }))).toThrow(refusal(/is a token/));
    expect(() => renew(renewable({ rotatedTo: 'k-2' }))).toThrow(refusal(/was rotated already, to 'k-2'/));
    expect(() => renew(renewable({ revokedAt: NOW + 1 }))).toThrow(refusal(/is revoked or expired/));
    expect(() => renew(renewable({ expiresAt: NOW }))).toThrow(refusal(/is revoked or expired/));
  });
});

test('only keys of programs are renewable, by leave of the key that makes them', () => {
  const create = (more: object) => newKeyRow(principal(), { programId: 'builder', ...more }, SECRET, NOW);
  expect(create({ renewable: true }).renewalGrantedBy).toBe('k-admin');
  expect(create({ renewable: false }).renewalGrantedBy).toBeNull();
  expect(() => create({ role: 'auditor', renewable: true })).toThrow(kind('invalid-request'));
});
