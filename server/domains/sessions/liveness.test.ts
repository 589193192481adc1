import { describe, expect, test } from 'vitest';
import document from '../../../openapi/generated/openapi.json' with { type: 'json' };
import { HOUR, MINUTE } from '../../platform/clock.ts';
import { newSession } from './creation-rules.ts';
import type { SessionRow } from './entity.ts';
import {
  getLastSeenAt,
  getSilenceMs,
  isAlive,
  isLive,
  isSilentTooLong,
  isStale,
  isStuck,
  type LivenessContext,
  lastSeenCutoff,
  SESSION_STATES,
  staleCutoff,
} from './liveness.ts';
import { markSucceeded } from './rules.ts';

const NOW = 1_800_000_000_000;
const STALE = 15 * MINUTE;
const STUCK = 30 * MINUTE;
/** By default the service has always been able to hear. */
const at = (now: number, upSince = 0): LivenessContext => ({
  now,
  upSince,
  staleAfterMs: STALE,
  stuckAfterMs: STUCK,
});
const OWNER = { accountId: 'main', sessionId: 's-1', programId: 'builder' };
const row = (more: Partial<SessionRow> = {}): SessionRow => ({ ...newSession(OWNER, { name: 'Auth' }, NOW), ...more });

test('every state of the contract is classified', () => {
  expect([...SESSION_STATES].sort()).toEqual([...document.components.schemas.SessionState.enum].sort());
});

test('a session that was taken over is not live, whatever state it was in', () => {
  for (const state of SESSION_STATES) expect(isLive(markSucceeded(row({ state }), 's-2', NOW))).toBe(false);
});

describe('a session', () => {
  test.each([
    [{ state: 'working' }, true],
    [{ state: 'blocked' }, true],
    [{ state: 'pinned' }, true],
    [{ state: 'complete' }, false],
    [{ archived: true }, false],
  ] as const)('with %j is live: %s', (more, live) => {
    expect(isLive(row(more))).toBe(live);
    expect(isAlive(row(more), at(NOW))).toBe(live);
  });

  test('was last seen at the later of its heartbeat and its update', () => {
    expect(getLastSeenAt(row({ lastHeartbeat: 5, updatedAt: 9 }))).toBe(9);
    expect(getLastSeenAt(row({ lastHeartbeat: 9, updatedAt: 5 }))).toBe(9);
  });

  test('turns stale after 15:00.000, at 15:00.001', () => {
    expect(isStale(row(), at(NOW + STALE))).toBe(false);
    expect(isStale(row(), at(NOW + STALE + 1))).toBe(true);
    expect(isStale(row({ state: 'complete' }), at(NOW + STALE + 1))).toBe(false);
    expect(isAlive(row(), at(NOW + STALE + 1))).toBe(false);
  });

  test('is stuck when it sends heartbeats and works but makes no progress', () => {
    const now = NOW + STUCK;
    const beating = { lastHeartbeat: now, updatedAt: now };
    expect(isStuck(row(beating), at(now - 1))).toBe(false);
    expect(isStuck(row(beating), at(now))).toBe(true);
    expect(isStuck(row({ ...beating, state: 'blocked' }), at(now))).toBe(false);
    expect(isStuck(row(), at(now))).toBe(false);
  });

  test('has every period before it from when the service hears again, and not a millisecond more', () => {
    const back = NOW + 5 * HOUR;
    const beating = { lastHeartbeat: back + STUCK, updatedAt: back + STUCK };
    expect(getSilenceMs(row(), at(back, back))).toBe(0);
    expect([STALE, STALE + 1].map((ms) => isStale(row(), at(back + ms, back)))).toEqual([false, true]);
    expect([STUCK - 1, STUCK].map((ms) => isStuck(row(beating), at(back + ms, back)))).toEqual([false, true]);
    expect([HOUR - 1, HOUR].map((ms) => isSilentTooLong(row(), at(back + ms, back), HOUR))).toEqual([false, true]);
  });

  test('is judged in SQL as in TypeScript, also right after an outage', () => {
    for (const upSince of [0, NOW - HOUR, NOW - STALE - 1, NOW - STALE, NOW - 1, NOW, NOW + 1]) {
      for (const updatedAt of [1, NOW - STALE - 1, NOW - STALE, NOW - STALE + 1, NOW]) {
        const session = row({ updatedAt, lastHeartbeat: 1 });
        expect([upSince, updatedAt, updatedAt >= staleCutoff(at(NOW, upSince))]).toEqual([
          upSince,
          updatedAt,
          isAlive(session, at(NOW, upSince)),
        ]);
      }
    }
    expect(lastSeenCutoff(at(NOW, NOW - HOUR + 1), HOUR)).toBe(0);
  });
});
