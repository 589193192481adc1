import { expect, test } from 'vitest';
import { buildSession } from '../testing/session-fixtures.ts';
import type { NotificationPreferences } from './preferences.ts';
import { buildNotifications, indexNeeds, isQuietTime, listPushTypes } from './rules.ts';

const choices: NotificationPreferences = {
  on: true,
  needs: { blocked: true, handoff: true, stuck: true, stale: false },
  quiet: true,
  from: '22:00',
  to: '07:00',
  push: { subscriptionId: null, showDetails: false, completed: true },
};

test.each([
  ['21:59', false],
  ['22:00', true],
  ['00:30', true],
  ['06:59', true],
  ['07:00', false],
])('quiet hours that pass midnight: at %s %s', (time, quiet) => {
  expect(isQuietTime(choices, time)).toBe(quiet);
});

test('quiet hours: within one day, empty, and disabled', () => {
  expect(isQuietTime({ ...choices, from: '12:00', to: '13:00' }, '12:30')).toBe(true);
  expect(isQuietTime({ ...choices, from: '12:00', to: '12:00' }, '12:00')).toBe(false);
  expect(isQuietTime({ ...choices, quiet: false }, '23:00')).toBe(false);
});

test("a new need is notified once, with the agent's status and the page to open", () => {
  const blocked = buildSession({ state: 'blocked', status: 'May I?' });
  const [notice, ...more] = buildNotifications(indexNeeds([]), [blocked], choices);
  expect(notice).toMatchObject({ title: 'builder is blocked', body: 'May I?', path: '/sessions/builder-1' });
  expect(more).toEqual([]);
  expect(buildNotifications(indexNeeds([blocked]), [blocked], choices)).toEqual([]);
});

test('a kind that is not selected is not notified, and hides no selected one', () => {
  expect(buildNotifications(indexNeeds([]), [buildSession({ stale: true })], choices)).toEqual([]);
  const silent = buildSession({ stale: true });
  const asking = buildSession({ stale: true, handoffRequired: true });
  expect(buildNotifications(indexNeeds([silent]), [asking], choices)[0]?.title).toBe('builder asks for a handoff');
});

test('the server pushes the events of the selected kinds, and never none', () => {
  expect(listPushTypes(choices)).toEqual([
    'question.asked',
    'session.blocked',
    'turn-limit',
    'session.handoff',
    'session.stuck',
    'session.completed',
  ]);
  const needs = { blocked: false, handoff: false, stuck: false, stale: false };
  expect(listPushTypes({ ...choices, needs, push: { ...choices.push, completed: false } })).toEqual(['question.asked']);
});

test('many new needs become one notification', () => {
  const many = ['a', 'b', 'c', 'd'].map((sessionId) => buildSession({ sessionId, programId: sessionId, stuck: true }));
  expect(buildNotifications(indexNeeds([]), many, choices)).toEqual([
    { title: '4 sessions need you', body: 'a, b, c, d', tag: 'many', path: '/' },
  ]);
});
