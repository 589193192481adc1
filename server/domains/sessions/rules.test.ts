import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../platform/clock.ts';
import type { SessionRow } from './entity.ts';
import {
  applyUpdate,
  getLastSeenAt,
  holdsSlot,
  isLive,
  isStale,
  isStuck,
  needsSlot,
  newSession,
  nextHeartbeatInSeconds,
  reopenSession,
} from './rules.ts';

const NOW = 1_800_000_000_000;
const STALE = 15 * MINUTE;
const STUCK = 30 * MINUTE;
const OWNER = { accountId: 'main', sessionId: 's-1', programId: 'builder' };
const row = (more: Partial<SessionRow> = {}): SessionRow => ({ ...newSession(OWNER, { name: 'Auth' }, NOW), ...more });

describe('life', () => {
  test.each([
    [{ state: 'working' }, true],
    [{ state: 'blocked' }, true],
    [{ state: 'pinned' }, true],
    [{ state: 'complete' }, false],
    [{ archived: true }, false],
    [{ successor: 's-2' }, false],
  ] as const)('of a session with %j is %s', (more, live) => {
    expect(isLive(row(more))).toBe(live);
    expect(holdsSlot(row(more), NOW, STALE)).toBe(live);
  });

  test('has its last sign in the later of heartbeat and update', () => {
    expect(getLastSeenAt(row({ lastHeartbeat: 5, updatedAt: 9 }))).toBe(9);
    expect(getLastSeenAt(row({ lastHeartbeat: 9, updatedAt: 5 }))).toBe(9);
  });

  test('turns stale after 15:00.000, at 15:00.001', () => {
    expect(isStale(row(), NOW + STALE, STALE)).toBe(false);
    expect(isStale(row(), NOW + STALE + 1, STALE)).toBe(true);
    expect(isStale(row({ state: 'complete' }), NOW + STALE + 1, STALE)).toBe(false);
    expect(holdsSlot(row(), NOW + STALE + 1, STALE)).toBe(false);
  });

  test('is stuck when it beats and works but does not progress', () => {
    const now = NOW + STUCK;
    const beating = { lastHeartbeat: now, updatedAt: now };
    expect(isStuck(row(beating), now - 1, STALE, STUCK)).toBe(false);
    expect(isStuck(row(beating), now, STALE, STUCK)).toBe(true);
    expect(isStuck(row({ ...beating, state: 'blocked' }), now, STALE, STUCK)).toBe(false);
    expect(isStuck(row(), now, STALE, STUCK)).toBe(false);
  });
});

describe('a slot', () => {
  test('is taken by a new session and by one that comes back, not by one that holds it', () => {
    expect(needsSlot(null, row(), NOW, STALE)).toBe(true);
    expect(needsSlot(null, row({ state: 'complete' }), NOW, STALE)).toBe(false);
    expect(needsSlot(row(), row(), NOW, STALE)).toBe(false);
    expect(needsSlot(row({ state: 'complete' }), row(), NOW, STALE)).toBe(true);
    expect(needsSlot(row({ archived: true }), row(), NOW, STALE)).toBe(true);
    expect(needsSlot(row({ updatedAt: 0, lastHeartbeat: 0 }), row(), NOW, STALE)).toBe(true);
    expect(needsSlot(row(), row({ state: 'complete' }), NOW, STALE)).toBe(false);
  });
});

describe('an update', () => {
  const LATER = NOW + MINUTE;

  test('changes what it names, and the heartbeat only when asked', () => {
    const before = row({ progress: 5, projectName: 'web', lastProgressAt: NOW });
    expect(applyUpdate(before, { status: 'S' }, LATER)).toEqual({
      ...before,
      status: 'S',
      updatedAt: LATER,
      lastProgressAt: LATER,
      changes: before.changes + 1,
    });
    expect(applyUpdate(before, { status: 'S', lastHeartbeat: true }, LATER).lastHeartbeat).toBe(LATER);
    expect(applyUpdate(before, { status: 'S', lastHeartbeat: false }, LATER).lastHeartbeat).toBe(NOW);
  });

  test('that changes nothing is no progress', () => {
    const before = row({ status: 'S', contextBytes: 1 });
    expect(applyUpdate(before, { status: 'S', contextBytes: 1, lastHeartbeat: true }, LATER).lastProgressAt).toBe(NOW);
    expect(applyUpdate(before, { status: 'S', contextBytes: 2 }, LATER).lastProgressAt).toBe(LATER);
  });

  test('leaves a complete session complete unless it names a live state', () => {
    const done = row({
      state: 'complete',
      completedAt: NOW,
      archived: true,
      archivedAt: NOW,
      archiveReason: 'complete',
    });
    expect(applyUpdate(done, { status: 'S', lastHeartbeat: true }, LATER)).toMatchObject({
      state: 'complete',
      completedAt: NOW,
      archived: true,
    });
    const back = { state: 'blocked', completedAt: null, archived: false, archivedAt: null, archiveReason: null };
    expect(applyUpdate(done, { status: 'S', state: 'blocked' }, LATER)).toMatchObject(back);
  });

  test('brings a session back that was put away for silence', () => {
    const away = row({ archived: true, archivedAt: NOW, archiveReason: 'silent' });
    expect(applyUpdate(away, { status: 'S' }, LATER)).toMatchObject({
      state: 'working',
      archived: false,
      archiveReason: null,
    });
  });

  test('of a session that was taken over is refused and names its successor', () => {
    const refusal = expect.objectContaining({ kind: 'session-superseded', extensions: { successor: 's-2' } });
    expect(() => applyUpdate(row({ successor: 's-2' }), { status: 'S' }, LATER)).toThrow(refusal);
    expect(() => reopenSession(row({ successor: 's-2' }), { name: 'N' }, LATER)).toThrow(refusal);
  });
});

test('a create of an existing session keeps its beginning, counts as a heartbeat and revives it', () => {
  const done = row({ state: 'complete', completedAt: NOW, status: 'Done', archived: true });
  expect(reopenSession(done, { name: 'Again' }, NOW + 1)).toMatchObject({
    name: 'Again',
    status: 'Done',
    state: 'working',
    createdAt: NOW,
    lastHeartbeat: NOW + 1,
    completedAt: null,
    archived: false,
  });
  expect(reopenSession(row({ state: 'blocked' }), { name: 'Again' }, NOW).state).toBe('blocked');
});

test('the next heartbeat is due after two thirds of the time to stale, and never at once', () => {
  expect(nextHeartbeatInSeconds(STALE)).toBe(600);
  expect(nextHeartbeatInSeconds(2_000)).toBe(1);
  expect(nextHeartbeatInSeconds(1)).toBe(1);
});
