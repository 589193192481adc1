import { describe, expect, test } from 'vitest';
import { newSession } from '../sessions/creation-rules.ts';
import type { SessionRow } from '../sessions/entity.ts';
import type { TaskRow } from './entity.ts';
import {
  applyClaim,
  applyCompletion,
  applyRelease,
  effectiveTask,
  isExpired,
  isVisibleTo,
  newTask,
  type TaskSnapshot,
} from './rules.ts';

const NOW = 1_800_000_000_000;
const MAKER = { accountId: 'main', taskId: 't-1', createdBy: 'builder', createdByKey: 'k-1' };
const session = (more: Partial<SessionRow> = {}): SessionRow => ({
  ...newSession({ accountId: 'main', sessionId: 's-1', programId: 'reviewer' }, { name: 'Auth' }, NOW),
  ...more,
});
const waiting = (more: Partial<TaskRow> = {}): TaskSnapshot => ({
  task: { ...newTask(MAKER, { title: 'Review', target: 'reviewer' }, NOW), ...more },
  isHeld: false,
  now: NOW,
});
const held = (more: Partial<TaskRow> = {}): TaskSnapshot => ({
  task: { ...applyClaim(waiting(), session()), ...more },
  isHeld: true,
  now: NOW,
});
const lapsed = (more: Partial<TaskRow> = {}): TaskSnapshot => ({ ...held(more), isHeld: false });
const claimer = (programId: string | null, sessionId?: string) => ({ programId, sessionId, isAdmin: false });
const admin = { programId: null, sessionId: undefined, isAdmin: true };
const kind = (of: string) => expect.objectContaining({ kind: of });

describe('turn', () => {
  test('sorts the urgent before the old and the old before the new', () => {
    const turn = (priority: number, now: number) => newTask(MAKER, { title: 'x', target: '*', priority }, now).turn;
    const order = [turn(5, NOW), turn(5, NOW + 1), turn(4, NOW - 1), turn(3, 0), turn(1, NOW)];
    expect(order.toSorted((a, b) => a - b)).toEqual(order);
    expect(order.every(Number.isSafeInteger)).toBe(true);
  });
});

describe('a claim', () => {
  test('reads as if it had never been once it has lapsed', () => {
    expect(effectiveTask(held())).toMatchObject({ state: 'claimed', claimedBy: 'reviewer', claimedSession: 's-1' });
    expect(effectiveTask(lapsed())).toMatchObject({
      state: 'created',
      claimedBy: null,
      claimedSession: null,
      claimedAt: null,
    });
  });

  test('is the same row when its session asks again, and a refusal for any other', () => {
    const claimed = held();
    expect(applyClaim(claimed, session())).toBe(claimed.task);
    expect(() => applyClaim(claimed, session({ sessionId: 's-2' }))).toThrow(kind('task-taken'));
  });

  test('passes to another session once it has lapsed', () => {
    expect(applyClaim(lapsed(), session({ sessionId: 's-2' }))).toMatchObject({ claimedSession: 's-2' });
  });

  test('is refused for the wrong program, in the wrong state and too late', () => {
    const stranger = session({ programId: 'builder' });
    expect(() => applyClaim(waiting(), stranger)).toThrow(kind('forbidden'));
    expect(() => applyClaim(waiting({ target: '*' }), stranger)).not.toThrow();
    expect(() => applyClaim(waiting({ state: 'completed' }), session())).toThrow(kind('task-completed'));
    expect(() => applyClaim(waiting({ expiresAt: NOW }), session())).toThrow(kind('task-expired'));
    expect(() => applyClaim(waiting({ expiresAt: NOW + 1 }), session())).not.toThrow();
  });
});

test('only what nobody has expires', () => {
  const past = { expiresAt: NOW };
  expect(isExpired(waiting(past))).toBe(true);
  expect(isExpired(held(past))).toBe(false);
  expect(isExpired(lapsed(past))).toBe(true);
  expect(isExpired(waiting({ ...past, state: 'completed' }))).toBe(false);
});

describe('who ends a claim', () => {
  const done = { outcome: 'succeeded' } as const;

  test('its program, as whichever session unless one is named', () => {
    expect(applyCompletion(held(), claimer('reviewer'), done)).toMatchObject({ ...done, completedAt: NOW });
    expect(applyCompletion(held(), claimer('reviewer', 's-1'), done).state).toBe('completed');
    expect(() => applyCompletion(held(), claimer('reviewer', 's-2'), done)).toThrow(kind('task-taken'));
    expect(applyRelease(held(), claimer('reviewer'))).toMatchObject({ state: 'created', claimedBy: null });
  });

  test('no other program', () => {
    expect(() => applyCompletion(held(), claimer('builder'), done)).toThrow(kind('task-taken'));
    expect(() => applyRelease(lapsed(), claimer('builder'))).toThrow(kind('task-not-claimed'));
    expect(() => applyCompletion(waiting(), claimer('reviewer'), done)).toThrow(kind('task-not-claimed'));
  });

  test('not its program either once it has lapsed', () => {
    expect(() => applyCompletion(lapsed(), claimer('reviewer'), done)).toThrow(kind('claim-lapsed'));
    expect(() => applyRelease(lapsed(), claimer('reviewer', 's-1'))).toThrow(kind('claim-lapsed'));
  });

  test('an admin always, until it is completed', () => {
    expect(applyCompletion(waiting(), admin, done)).toMatchObject({ state: 'completed', claimedBy: null });
    expect(applyRelease(held(), admin).state).toBe('created');
    const ended = waiting({ state: 'completed', outcome: 'failed' });
    expect(() => applyCompletion(ended, admin, done)).toThrow(kind('task-completed'));
  });
});

test('a new task waits for a claim, with what was sent and what is usual', () => {
  expect(newTask(MAKER, { title: 'Review', target: 'reviewer' }, NOW)).toMatchObject({
    ...MAKER,
    title: 'Review',
    target: 'reviewer',
    instructions: '',
    priority: 3,
    state: 'created',
    createdAt: NOW,
    expiresAt: null,
    completedAt: null,
    outcome: null,
    result: null,
  });
  const sent = { title: 'Review', target: '*', instructions: 'All of it', priority: 5, ttlSeconds: 30 };
  expect(newTask(MAKER, sent, NOW)).toMatchObject({ instructions: 'All of it', priority: 5, expiresAt: NOW + 30_000 });
});

test('a program knows of tasks for it, for all, by it, and of those it has claimed', () => {
  const sees = (programId: string | null, more: Partial<TaskRow> = {}) =>
    isVisibleTo({ role: 'program', programId }, waiting({ target: 'reviewer', createdBy: 'builder', ...more }).task);
  expect([sees('reviewer'), sees('builder'), sees('third')]).toEqual([true, true, false]);
  expect([sees('third', { target: '*' }), sees('third', { claimedBy: 'third' })]).toEqual([true, true]);
  for (const role of ['auditor', 'admin', 'operator'] as const)
    expect(isVisibleTo({ role, programId: null }, waiting().task)).toBe(true);
});

test('who is refused learns who has the task, and what to do', () => {
  const refusal = (extensions: object, detail: RegExp) =>
    expect.objectContaining({ kind: 'task-taken', extensions, detail: expect.stringMatching(detail) });
  const other = session({ sessionId: 's-2' });
  expect(() => applyClaim(held(), other)).toThrow(
    refusal(
      { claimedBy: 'reviewer', claimedSession: 's-1' },
      /claimed by 'reviewer' in its session 's-1'. Take another one/,
    ),
  );
  expect(() => applyRelease(held(), claimer('builder'))).toThrow(
    refusal(expect.anything(), /If you were working on it, stop/),
  );
  expect(() => applyClaim(held({ claimedBy: null, claimedSession: null }), other)).toThrow(refusal({}, /Take another/));
});

describe('an admin', () => {
  const done = { outcome: 'failed', result: 'Too late' } as const;
  const adminAs = (sessionId: string) => ({ ...admin, sessionId });

  test('who names a session acts as it, for any program', () => {
    expect(applyCompletion(held(), adminAs('s-1'), done)).toMatchObject({ state: 'completed', ...done });
    expect(() => applyCompletion(held(), adminAs('s-2'), done)).toThrow(kind('task-taken'));
    expect(() => applyCompletion(lapsed(), adminAs('s-1'), done)).toThrow(kind('claim-lapsed'));
  });

  test('releases no task that nobody has', () => {
    expect(() => applyRelease(waiting(), admin)).toThrow(kind('task-not-claimed'));
    expect(applyRelease(lapsed(), admin).state).toBe('created');
  });
});

test("a completion without a result has none, and one of a lapsed claim is nobody's", () => {
  expect(applyCompletion(held(), claimer('reviewer'), { outcome: 'succeeded' })).toMatchObject({
    result: null,
    claimedBy: 'reviewer',
  });
  expect(applyCompletion(lapsed(), admin, { outcome: 'succeeded' }).claimedBy).toBeNull();
});
