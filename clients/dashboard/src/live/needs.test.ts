import { expect, test } from 'vitest';
import { at, buildSession } from '../testing/session-fixtures.ts';
import { buildAttentionQueue, getNeeds } from './needs.ts';

test('a session that gets on needs nobody', () => {
  expect(getNeeds(buildSession())).toEqual([]);
  expect(getNeeds(buildSession({ state: 'pinned' }))).toEqual([]);
});

test('each need is seen, the most pressing first', () => {
  expect(getNeeds(buildSession({ state: 'blocked', stale: true }))).toEqual(['blocked', 'stale']);
  expect(getNeeds(buildSession({ handoffRequired: true }))).toEqual(['handoff']);
  expect(getNeeds(buildSession({ stuck: true }))).toEqual(['stuck']);
});

test('who is silent is not called stuck as well', () => {
  expect(getNeeds(buildSession({ stuck: true, stale: true }))).toEqual(['stale']);
});

test.each([{ archived: true }, { state: 'complete' as const }, { successor: 'builder-2' }])(
  'a session that is over needs nobody: %o',
  (over) => {
    expect(getNeeds(buildSession({ state: 'blocked', stale: true, handoffRequired: true, ...over }))).toEqual([]);
  },
);

test('the queue has the blocked first, then handoffs, the stuck, the silent; whoever waits longest first', () => {
  const queue = buildAttentionQueue([
    buildSession({ sessionId: 'silent', stale: true }),
    buildSession({ sessionId: 'fine' }),
    buildSession({ sessionId: 'stuck', stuck: true }),
    buildSession({ sessionId: 'asks-late', state: 'blocked', lastProgressAt: at('09:30') }),
    buildSession({ sessionId: 'hands-over', handoffRequired: true }),
    buildSession({ sessionId: 'asks-early', state: 'blocked', lastProgressAt: at('09:00') }),
  ]);
  expect(queue.map(({ sessionId }) => sessionId)).toEqual(['asks-early', 'asks-late', 'hands-over', 'stuck', 'silent']);
});
