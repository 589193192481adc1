import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../platform/clock.ts';
import type { WebSessionRow } from './entity.ts';
import { isOpen, MAX_WEB_SESSIONS, newWebSessionRow, selectSurplus, shouldRecordUse } from './rules.ts';

const NOW = 1_800_000_000_000;
const LIMITS = { webSessionIdleMs: 12 * HOUR, webSessionMaxMs: 30 * DAY };
const row = (more: Partial<WebSessionRow> = {}): WebSessionRow => ({
  ...newWebSessionRow({ accountId: 'main', keyId: 'k-1', device: null, ownsKey: false }, 'hash', LIMITS, NOW),
  ...more,
});

describe('a web session', () => {
  test('is open until its longest time, if it is used', () => {
    expect(row()).toEqual({
      tokenHash: 'hash',
      accountId: 'main',
      keyId: 'k-1',
      createdAt: NOW,
      lastUsedAt: NOW,
      expiresAt: NOW + 30 * DAY,
      device: null,
      ownsKey: false,
    });
    const used = row({ lastUsedAt: NOW + 30 * DAY - 1 });
    expect(isOpen(used, LIMITS, NOW + 30 * DAY - 1)).toBe(true);
    expect(isOpen(used, LIMITS, NOW + 30 * DAY)).toBe(false);
  });

  test('is closed after its idle time', () => {
    expect(isOpen(row(), LIMITS, NOW + 12 * HOUR)).toBe(true);
    expect(isOpen(row(), LIMITS, NOW + 12 * HOUR + 1)).toBe(false);
  });

  test('has its use stored once a minute, and more often where it idles sooner', () => {
    expect(shouldRecordUse(row(), LIMITS, NOW + MINUTE)).toBe(false);
    expect(shouldRecordUse(row(), LIMITS, NOW + MINUTE + 1)).toBe(true);
    const short = { ...LIMITS, webSessionIdleMs: 40_000 };
    expect(shouldRecordUse(row(), short, NOW + 10_000)).toBe(false);
    expect(shouldRecordUse(row(), short, NOW + 10_001)).toBe(true);
  });
});

describe('before one more web session of a key', () => {
  const open = Array.from({ length: MAX_WEB_SESSIONS + 2 }, (_, index) =>
    row({ tokenHash: `open-${index}`, createdAt: NOW - index, lastUsedAt: NOW }),
  );

  test('the oldest above the limit end', () => {
    expect(selectSurplus(open.slice(0, MAX_WEB_SESSIONS - 1), LIMITS, NOW)).toEqual([]);
    expect(selectSurplus(open, LIMITS, NOW)).toEqual(open.slice(MAX_WEB_SESSIONS - 1));
    expect(selectSurplus(open.toReversed(), LIMITS, NOW)).toEqual(open.slice(MAX_WEB_SESSIONS - 1).toReversed());
  });

  test('those that have expired or idled end, and take no place of the open ones', () => {
    const closed = [row({ tokenHash: 'old', expiresAt: NOW }), row({ tokenHash: 'idle', lastUsedAt: NOW - DAY })];
    const others = open.slice(0, MAX_WEB_SESSIONS - 1);
    expect(selectSurplus([...closed, ...others], LIMITS, NOW)).toEqual(closed);
  });
});
