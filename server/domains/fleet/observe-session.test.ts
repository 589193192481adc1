import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../platform/clock.ts';
import { ACTIVITY, startOfQuarter } from './history-rules.ts';
import { type ObservedSession, observeSession } from './observe-session.ts';

const NOW = Date.parse('2026-02-24T10:37:00Z');
const QUARTER = startOfQuarter(NOW);
const AT = { now: NOW, upSince: NOW - 5 * DAY, staleAfterMs: 15 * MINUTE, stuckAfterMs: 30 * MINUTE };
const { asked, worked, silent, idle } = ACTIVITY;

const session = (fields: Partial<ObservedSession> = {}): ObservedSession => ({
  state: 'working',
  archived: false,
  idleSince: null,
  updatedAt: NOW - MINUTE,
  lastHeartbeat: NOW - MINUTE,
  completedAt: null,
  completeReason: null,
  ...fields,
});
const seenAt = (at: number) => ({ updatedAt: at, lastHeartbeat: at });
const completedAt = (at: number) => ({ state: 'complete' as const, completedAt: at, ...seenAt(at) });

test.each<[name: string, session: ObservedSession, bits: number]>([
  ['working', session(), worked],
  ['pinned', session({ state: 'pinned' }), worked],
  ['blocked', session({ state: 'blocked' }), asked],
  ['blocked and silent: its question still waits', session({ state: 'blocked', ...seenAt(NOW - 50 * MINUTE) }), asked],
  ['silent for exactly the stale period', session(seenAt(NOW - 15 * MINUTE)), worked],
  ['silent for longer', session(seenAt(NOW - 15 * MINUTE - 1)), silent],
  ['idle since long ago', session({ idleSince: NOW - 3 * HOUR, ...seenAt(NOW - 3 * HOUR) }), idle],
  ['idle since this quarter, so it worked as well', session({ idleSince: QUARTER }), idle | worked],
  ['complete in this quarter', session(completedAt(QUARTER)), worked],
  ['complete before it, with a late heartbeat', session({ ...completedAt(QUARTER - 1), ...seenAt(NOW) }), 0],
  ['completed by its death', session({ ...completedAt(NOW), completeReason: 'killed' }), 0],
  ['archived', session({ archived: true }), 0],
])('%s', (_name, observed, bits) => {
  expect(observeSession(observed, AT, QUARTER)).toBe(bits);
});

describe('after an outage', () => {
  const at = { ...AT, upSince: NOW - 10 * MINUTE };

  test('a session that was not heard of since shows nothing, rather than silence', () => {
    expect(observeSession(session(seenAt(NOW - 40 * MINUTE)), at, QUARTER)).toBe(0);
  });

  test('one that was heard of worked', () => {
    expect(observeSession(session(seenAt(NOW - 9 * MINUTE)), at, QUARTER)).toBe(worked);
  });

  test('it is silent once it could have been heard for the stale period', () => {
    const later = { ...at, now: at.upSince + 15 * MINUTE + 1 };
    expect(observeSession(session(seenAt(NOW - 40 * MINUTE)), later, QUARTER)).toBe(silent);
  });
});
