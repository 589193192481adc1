import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../platform/clock.ts';
import type { Principal } from '../../platform/principal.ts';
import { handoverAfterCreate, newSession, reopenSession, resolveProgramId } from './creation-rules.ts';
import type { SessionRow } from './entity.ts';

const NOW = 1_800_000_000_000;
const LATER = NOW + MINUTE;
const OWNER = { accountId: 'main', sessionId: 's-1', programId: 'builder' };
const row = (more: Partial<SessionRow> = {}): SessionRow => ({ ...newSession(OWNER, { name: 'Auth' }, NOW), ...more });

test('a session is of the program of the key, or of any that an admin names', () => {
  const by = (role: Principal['role'], programId: string | null) => ({ role, programId }) as Principal;
  expect(resolveProgramId(by('program', 'builder'), undefined)).toBe('builder');
  expect(resolveProgramId(by('program', 'builder'), 'builder')).toBe('builder');
  expect(resolveProgramId(by('admin', null), undefined)).toBeNull();
  expect(resolveProgramId(by('admin', null), 'reviewer')).toBe('reviewer');
  expect(() => resolveProgramId(by('program', 'builder'), 'reviewer')).toThrow(
    expect.objectContaining({ kind: 'forbidden', detail: expect.stringContaining("not of 'reviewer'") }),
  );
});

describe('a new session', () => {
  test('works, and its creation is its first heartbeat and progress', () => {
    expect(newSession(OWNER, { name: 'Auth' }, NOW)).toEqual({
      ...OWNER,
      name: 'Auth',
      status: null,
      state: 'working',
      idleSince: null,
      progress: null,
      projectName: null,
      contextUsedPercent: null,
      contextBytes: null,
      contextLimitBytes: null,
      contextAt: null,
      contextRiseAt: null,
      contextRiseBytes: null,
      contextRisePercent: null,
      handoffRequired: false,
      killedAt: null,
      createdAt: NOW,
      updatedAt: NOW,
      lastHeartbeat: NOW,
      lastProgressAt: NOW,
      completedAt: null,
      completeReason: null,
      archived: false,
      archivedAt: null,
      archiveReason: null,
      successor: null,
      staleNotifiedFor: null,
      stuckNotifiedFor: null,
      changes: 1,
    });
  });

  test('has what was sent', () => {
    const sent = {
      status: 'Reading',
      state: 'blocked',
      progress: 5,
      projectName: 'web',
      contextUsedPercent: 12,
      contextLimitBytes: 800,
      handoffRequired: true,
    } as const;
    expect(newSession(OWNER, { name: 'Auth', ...sent, contextBytes: 96 }, NOW)).toMatchObject({
      ...sent,
      contextBytes: 96,
      contextAt: NOW,
      contextRisePercent: 12,
      completedAt: null,
    });
  });

  test('is idle only when it says so and is not complete; a complete one has its time', () => {
    const create = (more: object) => newSession(OWNER, { name: 'Auth', ...more }, NOW);
    expect(create({ idle: true }).idleSince).toBe(NOW);
    expect(create({ idle: false }).idleSince).toBeNull();
    expect(create({ idle: true, state: 'complete' })).toMatchObject({ idleSince: null, completedAt: NOW });
  });
});

describe('the id of a session that exists', () => {
  const used = row({ status: 'Reading', progress: 40, lastProgressAt: NOW, changes: 3 });

  test('goes on with its run while it is live', () => {
    expect(reopenSession(used, { name: 'Auth' }, LATER)).toMatchObject({
      status: 'Reading',
      progress: 40,
      lastHeartbeat: LATER,
      lastProgressAt: NOW,
      changes: 3,
    });
    expect(reopenSession(used, { name: 'Auth', progress: 41 }, LATER)).toMatchObject({
      lastProgressAt: LATER,
      changes: 4,
    });
  });

  test('begins a run when it has ended, or when that is asked for', () => {
    const begun = { status: null, progress: null, state: 'working', lastProgressAt: LATER, changes: 4 };
    expect(reopenSession({ ...used, state: 'complete' }, { name: 'Auth' }, LATER)).toMatchObject(begun);
    expect(reopenSession({ ...used, archived: true }, { name: 'Auth' }, LATER)).toMatchObject(begun);
    expect(reopenSession(used, { name: 'Auth' }, LATER, true)).toMatchObject(begun);
    expect(reopenSession({ ...used, state: 'blocked' }, { name: 'Auth' }, LATER, true).state).toBe('working');
    expect(reopenSession(used, { name: 'Auth', state: 'pinned' }, LATER, true).state).toBe('pinned');
  });

  test('stays complete when that is what is sent', () => {
    const done = { ...used, state: 'complete', completedAt: NOW } as const;
    expect(reopenSession(done, { name: 'Auth', state: 'complete' }, LATER)).toMatchObject({
      status: 'Reading',
      state: 'complete',
      completedAt: NOW,
    });
  });

  test('of one that was taken over is used up', () => {
    expect(() => reopenSession({ ...used, successor: 's-2' }, { name: 'Auth' }, LATER)).toThrow(
      expect.objectContaining({
        kind: 'session-superseded',
        detail: expect.stringContaining("its id can't be used again"),
        extensions: { successor: 's-2' },
      }),
    );
  });

  test('has the handover that is sent, that of its run, or none where a run begins', () => {
    const handover = { costUsd: 1 };
    expect(handoverAfterCreate(null, { name: 'Auth' })).toBeUndefined();
    expect(handoverAfterCreate(null, { name: 'Auth', handover })).toBe(handover);
    expect(handoverAfterCreate(used, { name: 'Auth' })).toBeUndefined();
    expect(handoverAfterCreate(used, { name: 'Auth' }, true)).toBeNull();
    expect(handoverAfterCreate({ ...used, state: 'complete' }, { name: 'Auth' })).toBeNull();
    expect(handoverAfterCreate({ ...used, state: 'complete' }, { name: 'Auth', state: 'complete' })).toBeUndefined();
    expect(handoverAfterCreate(used, { name: 'Auth', handover }, true)).toBe(handover);
  });
});
