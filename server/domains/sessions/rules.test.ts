import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../platform/clock.ts';
import { newSession, reopenSession } from './creation-rules.ts';
import type { SessionRow } from './entity.ts';
import { applyUpdate, assertCanClaim, needsSlot, nextHeartbeatInSeconds } from './rules.ts';

const NOW = 1_800_000_000_000;
const STALE = 15 * MINUTE;
const AT = { now: NOW, upSince: 0, staleAfterMs: STALE, stuckAfterMs: 2 * STALE };
const OWNER = { accountId: 'main', sessionId: 's-1', programId: 'builder' };
const row = (more: Partial<SessionRow> = {}): SessionRow => ({ ...newSession(OWNER, { name: 'Auth' }, NOW), ...more });

describe('a slot', () => {
  test('is taken by a new session and by one that comes back, not by one that holds it', () => {
    expect(needsSlot(null, row(), AT)).toBe(true);
    expect(needsSlot(null, row({ state: 'complete' }), AT)).toBe(false);
    expect(needsSlot(row(), row(), AT)).toBe(false);
    expect(needsSlot(row({ state: 'complete' }), row(), AT)).toBe(true);
    expect(needsSlot(row({ archived: true }), row(), AT)).toBe(true);
    expect(needsSlot(row({ updatedAt: 0, lastHeartbeat: 0 }), row(), AT)).toBe(true);
    expect(needsSlot(row(), row({ state: 'complete' }), AT)).toBe(false);
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
    status: null,
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

test('only a session that is alive and was not taken over claims tasks', () => {
  expect(() => assertCanClaim(row(), AT)).not.toThrow();
  for (const ended of [{ state: 'complete' }, { archived: true }, { updatedAt: 0, lastHeartbeat: 0 }] as const)
    expect(() => assertCanClaim(row(ended), AT)).toThrow(expect.objectContaining({ kind: 'session-not-live' }));
  const successor = { state: 'complete', successor: 's-2' } as const;
  expect(() => assertCanClaim(row(successor), AT)).toThrow(expect.objectContaining({ kind: 'session-superseded' }));
});
