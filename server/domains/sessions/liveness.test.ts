import { describe, expect, test } from 'vitest';
import document from '../../../openapi/generated/openapi.json' with { type: 'json' };
import { MINUTE } from '../../platform/clock.ts';
import { newSession } from './creation-rules.ts';
import type { SessionRow } from './entity.ts';
import { getLastSeenAt, isAlive, isLive, isStale, isStuck, SESSION_STATES } from './liveness.ts';
import { markSucceeded } from './rules.ts';

const NOW = 1_800_000_000_000;
const STALE = 15 * MINUTE;
const STUCK = 30 * MINUTE;
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
    expect(isAlive(row(more), { now: NOW, staleAfterMs: STALE })).toBe(live);
  });

  test('was last seen at the later of its heartbeat and its update', () => {
    expect(getLastSeenAt(row({ lastHeartbeat: 5, updatedAt: 9 }))).toBe(9);
    expect(getLastSeenAt(row({ lastHeartbeat: 9, updatedAt: 5 }))).toBe(9);
  });

  test('turns stale after 15:00.000, at 15:00.001', () => {
    expect(isStale(row(), NOW + STALE, STALE)).toBe(false);
    expect(isStale(row(), NOW + STALE + 1, STALE)).toBe(true);
    expect(isStale(row({ state: 'complete' }), NOW + STALE + 1, STALE)).toBe(false);
    expect(isAlive(row(), { now: NOW + STALE + 1, staleAfterMs: STALE })).toBe(false);
  });

  test('is stuck when it sends heartbeats and works but makes no progress', () => {
    const now = NOW + STUCK;
    const beating = { lastHeartbeat: now, updatedAt: now };
    expect(isStuck(row(beating), now - 1, STALE, STUCK)).toBe(false);
    expect(isStuck(row(beating), now, STALE, STUCK)).toBe(true);
    expect(isStuck(row({ ...beating, state: 'blocked' }), now, STALE, STUCK)).toBe(false);
    expect(isStuck(row(), now, STALE, STUCK)).toBe(false);
  });
});
