import { expect, test } from 'vitest';
import { at, buildSession } from '../../testing/session-fixtures.ts';
import { toInboxItems } from './inbox-items.ts';

const silent = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    buildSession({ sessionId: `silent-${index}`, stale: true, updatedAt: at(`0${index}:30`) }),
  );
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

test('five with the same need are five lines, six are one that says since when', () => {
  expect(ids(toInboxItems(silent(5)))).toHaveLength(5);
  expect(toInboxItems(silent(6))).toMatchObject([
    { id: 'group:stale', need: 'stale', since: Date.parse(at('00:30')), sessions: { length: 6 } },
  ]);
});

test('a group keeps the place of its first session, and questions are never grouped', () => {
  const blocked = Array.from({ length: 8 }, (_, index) => buildSession({ sessionId: `b${index}`, state: 'blocked' }));
  const items = toInboxItems([...blocked, buildSession({ sessionId: 'stuck', stuck: true }), ...silent(6)]);
  expect(ids(items)).toEqual([...blocked.map(({ sessionId }) => sessionId), 'stuck', 'group:stale']);
});
