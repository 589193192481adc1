import { describe, expect, test } from 'vitest';
import { MINUTE } from '../clock.ts';
import type { SessionRow } from '../sessions/entity.ts';
import { opened } from '../sessions/rules.ts';
import type { TaskRow } from './entity.ts';
import {
  asItIs,
  claimed,
  completed,
  created,
  isExpired,
  isHeld,
  type KnownTask,
  released,
  requireAlive,
} from './rules.ts';

const NOW = 1_800_000_000_000;
const STALE = 15 * MINUTE;
const at = (now: number) => ({ now, staleAfterMs: STALE });
const MAKER = { accountId: 'main', taskId: 't-1', createdBy: 'builder', createdByKey: 'k-1' };
const session = (more: Partial<SessionRow> = {}): SessionRow => ({
  ...opened({ accountId: 'main', sessionId: 's-1', programId: 'reviewer' }, { name: 'Auth' }, NOW),
  ...more,
});
const waiting = (more: Partial<TaskRow> = {}): KnownTask => ({
  task: { ...created(MAKER, { title: 'Review', target: 'reviewer' }, NOW), ...more },
  claimant: null,
});
const taken = (more: Partial<TaskRow> = {}, claimant = session()): KnownTask => ({
  task: { ...claimed(waiting(), session(), at(NOW)), ...more },
  claimant,
});
const claimer = (programId: string | null, sessionId?: string) => ({ programId, sessionId, isAdmin: false });
const admin = { programId: null, sessionId: undefined, isAdmin: true };
const kind = (of: string) => expect.objectContaining({ kind: of });

describe('turn', () => {
  test('sorts the urgent before the old and the old before the new', () => {
    const turn = (priority: number, now: number) => created(MAKER, { title: 'x', target: '*', priority }, now).turn;
    const order = [turn(5, NOW), turn(5, NOW + 1), turn(4, NOW - 1), turn(3, 0), turn(1, NOW)];
    expect(order.toSorted((a, b) => a - b)).toEqual(order);
    expect(order.every(Number.isSafeInteger)).toBe(true);
  });
});

describe('a claim', () => {
  test('holds until its session has been silent for longer than the stale-time', () => {
    expect(isHeld(taken(), at(NOW + STALE))).toBe(true);
    expect(isHeld(taken(), at(NOW + STALE + 1))).toBe(false);
  });

  test.each([{ state: 'complete' }, { archived: true }, { successor: 's-2' }] as const)(
    'ends with its session: %o',
    (end) => {
      const known = taken({}, session(end));
      expect(isHeld(known, at(NOW))).toBe(false);
      expect(asItIs(known, at(NOW))).toMatchObject({ state: 'created', claimedBy: null, claimedSession: null });
      expect(() => requireAlive(session(end), at(NOW))).toThrow();
    },
  );

  test('is the same row when its session asks again, and a refusal for any other', () => {
    const known = taken();
    expect(claimed(known, session(), at(NOW + 1))).toBe(known.task);
    expect(() => claimed(known, session({ sessionId: 's-2' }), at(NOW))).toThrow(kind('task-taken'));
  });

  test('passes to another session once it has lapsed', () => {
    const next = session({ sessionId: 's-2' });
    expect(claimed(taken(), next, at(NOW + STALE + 1))).toMatchObject({ claimedSession: 's-2' });
  });

  test('is refused for the wrong program, in the wrong state and too late', () => {
    const stranger = session({ programId: 'builder' });
    expect(() => claimed(waiting(), stranger, at(NOW))).toThrow(kind('forbidden'));
    expect(() => claimed(waiting({ target: '*' }), stranger, at(NOW))).not.toThrow();
    expect(() => claimed(waiting({ state: 'completed' }), session(), at(NOW))).toThrow(kind('task-completed'));
    expect(() => claimed(waiting({ expiresAt: NOW }), session(), at(NOW))).toThrow(kind('task-expired'));
    expect(() => claimed(waiting({ expiresAt: NOW + 1 }), session(), at(NOW))).not.toThrow();
  });
});

describe('expiry', () => {
  test('is for what nobody has', () => {
    const past = { expiresAt: NOW };
    expect(isExpired(waiting(past), at(NOW))).toBe(true);
    expect(isExpired(taken(past), at(NOW))).toBe(false);
    expect(isExpired(taken(past), at(NOW + STALE + 1))).toBe(true);
    expect(isExpired(waiting({ ...past, state: 'completed' }), at(NOW))).toBe(false);
  });
});

describe('who ends a claim', () => {
  const done = { outcome: 'succeeded' } as const;
  const late = at(NOW + STALE + 1);

  test('its program, as whichever session unless one is named', () => {
    expect(completed(taken(), claimer('reviewer'), done, at(NOW))).toMatchObject({ ...done, completedAt: NOW });
    expect(completed(taken(), claimer('reviewer', 's-1'), done, at(NOW)).state).toBe('completed');
    expect(() => completed(taken(), claimer('reviewer', 's-2'), done, at(NOW))).toThrow(kind('task-taken'));
    expect(released(taken(), claimer('reviewer'), at(NOW))).toMatchObject({ state: 'created', claimedBy: null });
  });

  test('no other program', () => {
    expect(() => completed(taken(), claimer('builder'), done, at(NOW))).toThrow(kind('task-taken'));
    expect(() => released(taken(), claimer('builder'), late)).toThrow(kind('task-not-claimed'));
    expect(() => completed(waiting(), claimer('reviewer'), done, at(NOW))).toThrow(kind('task-not-claimed'));
  });

  test('not its program either once it has lapsed', () => {
    expect(() => completed(taken(), claimer('reviewer'), done, late)).toThrow(kind('claim-lapsed'));
    expect(() => released(taken(), claimer('reviewer', 's-1'), late)).toThrow(kind('claim-lapsed'));
  });

  test('an admin always, until it is completed', () => {
    expect(completed(waiting(), admin, done, at(NOW))).toMatchObject({ state: 'completed', claimedBy: null });
    expect(released(taken(), admin, at(NOW)).state).toBe('created');
    const ended = waiting({ state: 'completed', outcome: 'failed' });
    expect(() => completed(ended, admin, done, at(NOW))).toThrow(kind('task-completed'));
  });
});
