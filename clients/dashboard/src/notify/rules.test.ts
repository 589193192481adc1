import { expect, test } from 'vitest';
import { signs } from '../testing/signs.ts';
import type { Choices } from './choices.ts';
import { isQuiet, knownNeeds, noticesOf } from './rules.ts';

const choices: Choices = {
  on: true,
  needs: { blocked: true, handoff: true, stuck: true, stale: false },
  quiet: true,
  from: '22:00',
  to: '07:00',
};

test.each([
  ['21:59', false],
  ['22:00', true],
  ['00:30', true],
  ['06:59', true],
  ['07:00', false],
])('quiet hours that pass midnight: at %s %s', (time, quiet) => {
  expect(isQuiet(choices, time)).toBe(quiet);
});

test('quiet hours within a day, none, and switched off', () => {
  expect(isQuiet({ ...choices, from: '12:00', to: '13:00' }, '12:30')).toBe(true);
  expect(isQuiet({ ...choices, from: '12:00', to: '12:00' }, '12:00')).toBe(false);
  expect(isQuiet({ ...choices, quiet: false }, '23:00')).toBe(false);
});

test('a need that is new is told once, with what the agent said and the page that it opens', () => {
  const blocked = signs({ state: 'blocked', status: 'May I?' });
  const [notice, ...more] = noticesOf(knownNeeds([]), [blocked], choices);
  expect(notice).toMatchObject({ title: 'builder is blocked', body: 'May I?', path: '/sessions/builder-1' });
  expect(more).toEqual([]);
  expect(noticesOf(knownNeeds([blocked]), [blocked], choices)).toEqual([]);
});

test('a kind that was not chosen is not told, and does not hide one that was', () => {
  expect(noticesOf(knownNeeds([]), [signs({ stale: true })], choices)).toEqual([]);
  const silent = signs({ stale: true });
  const asking = signs({ stale: true, handoffRequired: true });
  expect(noticesOf(knownNeeds([silent]), [asking], choices)[0]?.title).toBe('builder asks for a handoff');
});

test('many at once are told together', () => {
  const many = ['a', 'b', 'c', 'd'].map((sessionId) => signs({ sessionId, programId: sessionId, stuck: true }));
  expect(noticesOf(knownNeeds([]), many, choices)).toEqual([
    { title: '4 sessions need you', body: 'a, b, c, d', tag: 'many', path: '/' },
  ]);
});
