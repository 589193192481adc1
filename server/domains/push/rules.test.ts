import { describe, expect, test } from 'vitest';
import { HOUR, SECOND } from '../../platform/clock.ts';
import type { EventRow } from '../../platform/events/entity.ts';
import { type AskedQuestion, buildNotification, isQuiet, isTimeZone, retryDelayMs, selectEvents } from './rules.ts';

const NOW = Date.UTC(2027, 0, 15, 22, 30);
const event = (type: EventRow['type'], more: Partial<EventRow> = {}): EventRow => ({
  accountId: 'main',
  seq: 5,
  type,
  programId: 'builder',
  sessionId: 's-1',
  at: NOW,
  data: {},
  ...more,
});
const question = (more: Partial<AskedQuestion> = {}): AskedQuestion => ({
  questionId: 'q-1',
  title: 'May Bash run this?',
  details: [{ label: 'Command', value: 'npm publish' }],
  options: ['allow', 'deny'],
  ...more,
});
const asked = (more: Partial<EventRow> = {}) => event('question.asked', { data: { questionId: 'q-1' }, ...more });
const open = (...questions: readonly AskedQuestion[]) => new Map(questions.map((each) => [each.questionId, each]));

test('a failure is tried again after three times as long as the one before, or as the service asks, an hour at most', () => {
  expect([1, 2, 3].map((failures) => retryDelayMs(failures, 0))).toEqual([5 * SECOND, 15 * SECOND, 45 * SECOND]);
  expect([7, 8, 100].map((failures) => retryDelayMs(failures, 0))).toEqual(
    [3_645 * SECOND, HOUR, HOUR].map((each) => Math.min(each, HOUR)),
  );
  expect(retryDelayMs(1, 60 * SECOND)).toBe(60 * SECOND);
  expect(retryDelayMs(3, 10 * SECOND)).toBe(45 * SECOND);
  expect(retryDelayMs(1, 5 * HOUR)).toBe(HOUR);
});

test('a time zone is one that the calendar knows', () => {
  expect([isTimeZone('Europe/Berlin'), isTimeZone('UTC'), isTimeZone('Europe/Nowhere'), isTimeZone('')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

describe('quiet hours', () => {
  const quiet = (from: string, to: string, timeZone = 'UTC') => isQuiet({ from, to, timeZone }, NOW);

  test('are from the first minute to the last, and may cross midnight', () => {
    expect([quiet('22:30', '23:00'), quiet('22:00', '22:30'), quiet('22:31', '23:00')]).toEqual([true, false, false]);
    expect([quiet('22:00', '07:00'), quiet('22:31', '22:30'), quiet('22:31', '22:31')]).toEqual([true, false, false]);
    expect([quiet('23:00', '22:31'), quiet('23:00', '22:30')]).toEqual([true, false]);
  });

  test('are those of the device, and none when there are none or both ends are equal', () => {
    expect(quiet('23:00', '23:59', 'Europe/Berlin')).toBe(true);
    expect(quiet('22:30', '22:30')).toBe(false);
    expect(isQuiet(null, NOW)).toBe(false);
  });
});

test('notified is of what was subscribed, is new, and happened within the hour', () => {
  const subscription = { types: ['session.stuck' as const], seenSeq: 4 };
  const select = (each: EventRow) => selectEvents(subscription, [each], NOW).length;
  expect(select(event('session.stuck'))).toBe(1);
  expect(select(event('session.stuck', { seq: 4 }))).toBe(0);
  expect(select(event('session.stale'))).toBe(0);
  expect(select(event('session.stuck', { at: NOW - HOUR }))).toBe(1);
  expect(select(event('session.stuck', { at: NOW - HOUR - 1 }))).toBe(0);
});

describe('a notification', () => {
  test('of one event says who and what, and leads to the session', () => {
    expect(buildNotification([event('session.stuck')], open(), false)).toEqual({
      title: 'builder is stuck',
      path: '/sessions/s-1',
      tag: 's-1',
    });
    expect(buildNotification([event('session.stale', { sessionId: 'a/b' })], open(), false)?.path).toBe(
      '/sessions/a%2Fb',
    );
    expect(buildNotification([event('session.stale', { sessionId: null })], open(), false)).toMatchObject({
      path: '/',
      tag: 'session.stale',
    });
  });

  test('names the session where there is no program', () => {
    const nameless = { programId: null };
    expect(
      buildNotification([event('session.completed', { ...nameless, data: { name: 'Release' } })], open(), false)?.title,
    ).toBe('Release is done');
    expect(buildNotification([event('session.idle', nameless)], open(), false)?.title).toBe(
      'A session has ended its turn',
    );
    expect(
      buildNotification([event('session.idle', { ...nameless, data: { name: 7 } })], open(), false)?.title,
    ).toMatch(/^A session/);
  });

  test('shows words only to who asked for them', () => {
    const stuck = event('session.stuck', { data: { status: 'Waiting for the build' } });
    expect(buildNotification([stuck], open(), false)).not.toHaveProperty('body');
    expect(buildNotification([stuck], open(), true)?.body).toBe('Waiting for the build');
    expect(buildNotification([event('session.stuck')], open(), true)).not.toHaveProperty('body');
    expect(buildNotification([asked()], open(question()), false)).toEqual({
      title: 'builder asks you',
      path: '/sessions/s-1',
      tag: 's-1',
    });
  });

  test('of a question has its command, and its options where all of it can be read', () => {
    expect(buildNotification([asked()], open(question()), true)).toMatchObject({
      body: 'May Bash run this?\nCommand: npm publish',
      answer: { questionId: 'q-1', options: ['allow', 'deny'] },
    });
    const buildAnswer = (more: Partial<AskedQuestion>) =>
      buildNotification([asked()], open(question(more)), true)?.answer;
    const detail = (value: string) => [{ label: 'Command', value }];
    const used = 'May Bash run this?\nCommand: '.length;
    expect(buildAnswer({ details: detail('x'.repeat(300 - used)) })).toBeDefined();
    expect(buildAnswer({ details: detail('x'.repeat(301 - used)) })).toBeUndefined();
    expect(buildAnswer({ details: detail('1\n2\n3\n4\n5') })).toBeDefined();
    expect(buildAnswer({ details: detail('1\n2\n3\n4\n5\n6') })).toBeUndefined();
    expect(buildAnswer({ options: ['a', 'b', 'c'] })).toBeUndefined();
    expect(buildAnswer({ options: [] })).toBeUndefined();
    expect(buildAnswer({ options: ['x'.repeat(40)] })).toBeDefined();
    expect(buildAnswer({ options: ['allow', 'x'.repeat(41)] })).toBeUndefined();
  });

  test('is not of a question that was answered meanwhile, nor twice of a session that asks', () => {
    expect(buildNotification([asked()], open(), true)).toBeNull();
    expect(buildNotification([event('session.blocked'), asked()], open(), true)).toBeNull();
    expect(buildNotification([event('session.blocked')], open(), false)?.title).toBe('builder is blocked');
    expect(buildNotification([event('session.blocked'), asked()], open(question()), false)?.title).toBe(
      'builder asks you',
    );
    const other = event('session.blocked', { sessionId: 's-2', programId: 'reviewer' });
    expect(buildNotification([other, asked()], open(question()), false)?.title).toBe('2 sessions need you');
    expect(buildNotification([], open(), true)).toBeNull();
  });

  test('of several is one that counts and names them; the latest of a session counts', () => {
    const twice = [event('session.stuck'), event('session.stale')];
    expect(buildNotification(twice, open(), false)?.title).toBe('builder is silent');
    const several = [
      event('session.stuck'),
      event('session.idle', { sessionId: 's-2', programId: 'reviewer' }),
      event('session.idle', { sessionId: 's-3', programId: 'reviewer' }),
    ];
    expect(buildNotification(several, open(), false)).toEqual({
      title: '3 sessions need you',
      body: 'builder, reviewer',
      path: '/',
      tag: 'many',
    });
    expect(buildNotification(several.slice(1), open(), false)?.title).toBe('2 sessions are done');
  });

  test('is cut between characters where it would not fit', () => {
    const cut = (text: string) =>
      buildNotification([event('session.stuck', { data: { status: text } })], open(), true)?.body;
    expect(cut('x'.repeat(1_600))).toBe('x'.repeat(1_600));
    expect(cut('x'.repeat(1_601))).toBe(`${'x'.repeat(1_600)}…`);
    expect(cut(`x${'ü'.repeat(1_000)}`)).toBe(`x${'ü'.repeat(799)}…`);
  });
});
