import { expect, test } from 'vitest';
import { at, signs } from '../testing/signs.ts';
import { needsOf, queueOf } from './needs.ts';

test('a session that gets on needs nobody', () => {
  expect(needsOf(signs())).toEqual([]);
  expect(needsOf(signs({ state: 'pinned' }))).toEqual([]);
});

test('each need is seen, the most pressing first', () => {
  expect(needsOf(signs({ state: 'blocked', stale: true }))).toEqual(['blocked', 'stale']);
  expect(needsOf(signs({ handoffRequired: true }))).toEqual(['handoff']);
  expect(needsOf(signs({ stuck: true }))).toEqual(['stuck']);
});

test('who is silent is not called stuck as well', () => {
  expect(needsOf(signs({ stuck: true, stale: true }))).toEqual(['stale']);
});

test.each([{ archived: true }, { state: 'complete' as const }, { successor: 'builder-2' }])(
  'a session that is over needs nobody: %o',
  (over) => {
    expect(needsOf(signs({ state: 'blocked', stale: true, handoffRequired: true, ...over }))).toEqual([]);
  },
);

test('the queue has the blocked first, then handoffs, the stuck, the silent; whoever waits longest first', () => {
  const queue = queueOf([
    signs({ sessionId: 'silent', stale: true }),
    signs({ sessionId: 'fine' }),
    signs({ sessionId: 'stuck', stuck: true }),
    signs({ sessionId: 'asks-late', state: 'blocked', lastProgressAt: at('09:30') }),
    signs({ sessionId: 'hands-over', handoffRequired: true }),
    signs({ sessionId: 'asks-early', state: 'blocked', lastProgressAt: at('09:00') }),
  ]);
  expect(queue.map(({ sessionId }) => sessionId)).toEqual(['asks-early', 'asks-late', 'hands-over', 'stuck', 'silent']);
});
