import { expect, test } from 'vitest';
import { at, sessionEvent, signs } from '../testing/signs.ts';
import { afterEvent, afterPulse, contextPercent, laterOf } from './session-signs.ts';

test('an event makes a session that was not known', () => {
  const session = signs({ name: 'New' });
  expect(afterEvent(undefined, sessionEvent('session.created', session))).toMatchObject({ ...session });
});

test('silence begins with its event and ends with the next sign of life', () => {
  const silent = afterEvent(signs(), sessionEvent('session.stale', signs()));
  expect(silent.stale).toBe(true);
  const alive = { lastHeartbeat: at('10:20'), updatedAt: at('10:20') };
  expect(afterPulse(silent, { sessionId: 'builder-1', programId: 'builder', ...alive })).toMatchObject({
    ...alive,
    stale: false,
  });
  expect(afterEvent(silent, sessionEvent('session.updated', signs({ updatedAt: at('10:20') }))).stale).toBe(false);
});

test('a stuck session stays stuck until it progresses', () => {
  const stuck = afterEvent(signs(), sessionEvent('session.stuck', signs()));
  expect(stuck.stuck).toBe(true);
  const pinged = afterEvent(stuck, sessionEvent('session.updated', signs({ updatedAt: at('10:40') })));
  expect(pinged.stuck).toBe(true);
  const moved = signs({ updatedAt: at('10:41'), lastProgressAt: at('10:41'), progress: 60 });
  expect(afterEvent(pinged, sessionEvent('session.updated', moved)).stuck).toBe(false);
});

test('a heartbeat that is older than what is known changes nothing', () => {
  const known = signs({ updatedAt: at('10:30'), stale: true });
  const old = { sessionId: 'builder-1', programId: 'builder', lastHeartbeat: at('10:10'), updatedAt: at('10:10') };
  expect(afterPulse(known, old)).toBe(known);
});

test('a page that was read before an event came does not undo it', () => {
  const known = signs({ status: 'Newer', updatedAt: at('10:05') });
  const read = { ...signs({ status: 'Older' }) } as Parameters<typeof laterOf>[1];
  expect(laterOf(known, read).status).toBe('Newer');
  expect(laterOf(undefined, read).status).toBe('Older');
});

test('the share of the context is known only with its limit, and never above all of it', () => {
  expect(contextPercent({ contextBytes: 50, contextLimitBytes: null })).toBeNull();
  expect(contextPercent({ contextBytes: 50, contextLimitBytes: 200 })).toBe(25);
  expect(contextPercent({ contextBytes: 300, contextLimitBytes: 200 })).toBe(100);
});
