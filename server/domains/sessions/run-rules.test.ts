/** The rules about runs: how one begins, what ends it, who may write to it and who takes over from it. */
import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../platform/clock.ts';
import type { Principal } from '../../platform/principal.ts';
import { newSession } from './creation-rules.ts';
import type { SessionRow } from './entity.ts';
import {
  applyUpdate,
  archivalReason,
  assertCanClaim,
  assertLive,
  findRival,
  handoverAfterUpdate,
  hasSessionLimit,
  markSucceeded,
  needsSuccessor,
  requireOwner,
} from './rules.ts';

const NOW = 1_800_000_000_000;
const LATER = NOW + MINUTE;
const STALE = 15 * MINUTE;
const AT = { now: NOW, upSince: 0, staleAfterMs: STALE, stuckAfterMs: 2 * STALE };
const OWNER = { accountId: 'main', sessionId: 's-1', programId: 'builder' };
const row = (more: Partial<SessionRow> = {}): SessionRow => ({ ...newSession(OWNER, { name: 'Auth' }, NOW), ...more });
const SILENT = { updatedAt: 0, lastHeartbeat: 0 };
const kind = (of: string) => expect.objectContaining({ kind: of });
const refusal = (of: string, detail: RegExp) =>
  expect.objectContaining({ kind: of, detail: expect.stringMatching(detail) });

test('every tier but the unlimited one has a limit of sessions', () => {
  expect((['free', 'pro', 'team', 'unlimited'] as const).map(hasSessionLimit)).toEqual([true, true, true, false]);
});

test('a complete session is archived by the age of its completion, any other by its silence', () => {
  const settings = { archiveCompleteAfterMs: 10, archiveIdleAfterMs: 20, archiveSilentAfterMs: 30 } as never;
  const reason = (more: Partial<SessionRow>, now: number) => archivalReason(row(more), { ...AT, now }, settings);
  const complete = { state: 'complete', completedAt: NOW } as const;
  expect([reason(complete, NOW + 9), reason(complete, NOW + 10)]).toEqual([null, 'complete']);
  expect(reason({ state: 'complete', completedAt: null }, NOW + 1_000)).toBeNull();
  expect(reason({ ...complete, archived: true }, NOW + 10)).toBeNull();
  expect(reason({}, NOW + 1_000)).toBe('silent');
  expect(reason({ idleSince: NOW }, NOW + 1_000)).toBe('idle');
  expect([reason({}, NOW), reason({ idleSince: NOW }, NOW)]).toEqual([null, null]);
});

describe('an agent that was killed', () => {
  test('asks for a successor, until it is heard again', () => {
    const killed = applyUpdate(row(), { status: 'S', killed: true }, LATER);
    expect(killed).toMatchObject({ killedAt: LATER, handoffRequired: true });
    expect(applyUpdate(killed, { status: 'T' }, LATER)).toMatchObject({ killedAt: LATER, handoffRequired: true });
    for (const sign of [{ lastHeartbeat: true }, { killed: false }])
      expect(applyUpdate(killed, { status: 'T', ...sign }, LATER)).toMatchObject({
        killedAt: null,
        handoffRequired: false,
      });
  });

  test('may ask for no successor, or for one although it lives', () => {
    expect(applyUpdate(row(), { status: 'S', killed: true, handoffRequired: false }, LATER)).toMatchObject({
      killedAt: LATER,
      handoffRequired: false,
    });
    const asking = row({ handoffRequired: true });
    expect(applyUpdate(asking, { status: 'S', lastHeartbeat: true }, LATER).handoffRequired).toBe(true);
  });
});

describe('a new run under the id of a complete session', () => {
  const done = row({
    state: 'complete',
    completedAt: NOW,
    completeReason: 'handed-off',
    progress: 100,
    contextBytes: 500,
    contextLimitBytes: 800,
    handoffRequired: true,
    killedAt: NOW,
  });

  test('has nothing of the run before but the size of its window', () => {
    expect(applyUpdate(done, { status: 'S', state: 'working' }, LATER)).toMatchObject({
      status: 'S',
      progress: null,
      contextBytes: 0,
      contextLimitBytes: 800,
      handoffRequired: false,
      killedAt: null,
      completedAt: null,
      completeReason: null,
    });
    const without = { ...done, contextBytes: null };
    expect(applyUpdate(without, { status: 'S', state: 'working' }, LATER).contextBytes).toBeNull();
  });

  test('begins with a live state only', () => {
    for (const update of [{ status: 'S' }, { status: 'S', state: 'complete' as const }])
      expect(applyUpdate(done, update, LATER)).toMatchObject({ state: 'complete', progress: 100 });
  });

  test('has no handover, unless it brings one', () => {
    expect(handoverAfterUpdate(done, { status: 'S', state: 'working' })).toBeNull();
    expect(handoverAfterUpdate(done, { status: 'S' })).toBeUndefined();
    expect(handoverAfterUpdate(row(), { status: 'S', state: 'working' })).toBeUndefined();
    expect(handoverAfterUpdate(done, { status: 'S', state: 'working', handover: { costUsd: 1 } })).toEqual({
      costUsd: 1,
    });
  });
});

describe('idle', () => {
  test('begins when it is said, keeps its beginning, and ends with the next status or state', () => {
    const idle = applyUpdate(row(), { status: 'S', idle: true }, LATER);
    expect(idle.idleSince).toBe(LATER);
    expect(applyUpdate(idle, { status: 'T', idle: true }, LATER + 1).idleSince).toBe(LATER);
    expect(applyUpdate(idle, { status: 'T' }, LATER + 1).idleSince).toBeNull();
    expect(applyUpdate(idle, { status: 'T', idle: false }, LATER + 1).idleSince).toBeNull();
    expect(applyUpdate(row(), { status: 'T' }, LATER).idleSince).toBeNull();
  });

  test('is nothing that a complete session is', () => {
    expect(applyUpdate(row(), { status: 'S', state: 'complete', idle: true }, LATER).idleSince).toBeNull();
  });
});

test('time never goes back or stands still when a clock does', () => {
  const ahead = row({ updatedAt: LATER, lastHeartbeat: LATER, lastProgressAt: LATER });
  expect(applyUpdate(ahead, { status: 'S', lastHeartbeat: true }, NOW)).toMatchObject({
    updatedAt: LATER + 1,
    lastHeartbeat: LATER + 1,
    lastProgressAt: LATER,
  });
});

test('null clears, and what is not sent stays', () => {
  const before = row({ progress: 5, projectName: 'web', contextUsedPercent: 40 });
  const cleared = { progress: null, projectName: null, contextUsedPercent: null };
  expect(applyUpdate(before, { status: 'S', ...cleared }, LATER)).toMatchObject(cleared);
  expect(applyUpdate(before, { status: 'S' }, LATER)).toMatchObject({
    progress: 5,
    projectName: 'web',
    contextUsedPercent: 40,
  });
});

test('only a session that has not ended is written to as a live one', () => {
  assertLive(row());
  assertLive(row(SILENT));
  expect(() => assertLive(row({ state: 'complete' }))).toThrow(refusal('session-not-live', /'s-1' is complete/));
  expect(() => assertLive(row({ archived: true }))).toThrow(refusal('session-not-live', /is archived/));
  expect(() => assertLive(row({ state: 'complete', successor: 's-2' }))).toThrow(kind('session-superseded'));
});

test('who may claim nothing is told why', () => {
  const claim = (more: Partial<SessionRow>) => () => assertCanClaim(row(more), AT);
  expect(claim(SILENT)).toThrow(refusal('session-not-live', /is stale/));
  expect(claim({ ...SILENT, idleSince: 1 })).toThrow(refusal('session-not-live', /is idle and silent/));
  expect(claim({ state: 'complete' })).toThrow(refusal('session-not-live', /is complete/));
  expect(claim({ archived: true, state: 'complete' })).toThrow(refusal('session-not-live', /is archived/));
});

describe('a successor', () => {
  test('is needed by who asked for one or died, and not by who waits for a person', () => {
    const needs = (more: Partial<SessionRow>) => needsSuccessor(row(more), AT);
    expect(needs({})).toBe(false);
    expect(needs({ handoffRequired: true })).toBe(true);
    expect(needs(SILENT)).toBe(true);
    expect(needs({ ...SILENT, idleSince: 1 })).toBe(false);
    expect(needs({ state: 'complete', handoffRequired: true })).toBe(false);
    expect(needs({ handoffRequired: true, successor: 's-2' })).toBe(false);
  });

  test('is needed by an archived session that fell silent, or idled after asking', () => {
    const needs = (more: Partial<SessionRow>) => needsSuccessor(row({ archived: true, ...more }), AT);
    expect(needs({ archiveReason: 'silent' })).toBe(true);
    expect(needs({ archiveReason: 'silent', successor: 's-2' })).toBe(false);
    expect(needs({ archiveReason: 'idle' })).toBe(false);
    expect(needs({ archiveReason: 'idle', handoffRequired: true })).toBe(true);
    expect(needs({ archiveReason: 'complete', handoffRequired: true })).toBe(false);
  });

  test('ends its predecessor with the reason', () => {
    const session = row({ idleSince: NOW, changes: 4 });
    expect(markSucceeded(session, 's-2', LATER)).toEqual({
      ...session,
      state: 'complete',
      completedAt: LATER,
      completeReason: 'succeeded',
      idleSince: null,
      successor: 's-2',
      changes: 5,
    });
    expect(markSucceeded(row({ handoffRequired: true }), 's-2', LATER).completeReason).toBe('handed-off');
    expect(markSucceeded(row({ handoffRequired: true, killedAt: NOW }), 's-2', LATER).completeReason).toBe('killed');
  });

  test('is a rival of whoever starts within a minute of it, while it lives', () => {
    const previous = row({ completedAt: NOW });
    const successor = row({ sessionId: 's-2' });
    const rival = (other: SessionRow | null, sessionId: string, now: number) =>
      findRival(previous, other, sessionId, { ...AT, now });
    expect(rival(successor, 's-3', NOW + MINUTE)).toBe('s-2');
    expect(rival(successor, 's-3', NOW + MINUTE + 1)).toBeNull();
    expect(rival(successor, 's-2', NOW)).toBeNull();
    expect(rival(null, 's-3', NOW)).toBeNull();
    expect(rival({ ...successor, ...SILENT }, 's-3', NOW)).toBeNull();
    expect(findRival(row({ completedAt: null }), successor, 's-3', AT)).toBeNull();
  });
});

test('a session is written to by its program and by admins, and never moves to another program', () => {
  const principal = (role: Principal['role'], programId: string | null): Principal => ({
    accountId: 'main',
    accountName: 'Main',
    tier: 'unlimited',
    keyId: 'k-1',
    role,
    programId,
    label: null,
    expiresAt: null,
  });
  requireOwner(principal('program', 'builder'), row());
  requireOwner(principal('program', 'builder'), row(), 'builder');
  requireOwner(principal('admin', null), row(), 'builder');
  expect(() => requireOwner(principal('program', 'other'), row())).toThrow(kind('forbidden'));
  expect(() => requireOwner(principal('auditor', null), row())).toThrow(kind('forbidden'));
  expect(() => requireOwner(principal('admin', null), row(), 'other')).toThrow(kind('session-of-another-program'));
});
