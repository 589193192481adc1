import { expect, test } from 'vitest';
import { at, buildSession, buildSessionEvent } from '../testing/session-fixtures.ts';
import { applyEvent, applyPulse, contextPercent, pickNewer } from './session-snapshot.ts';

test('an event adds an unknown session', () => {
  const session = buildSession({ name: 'New' });
  expect(applyEvent(undefined, buildSessionEvent('session.created', session))).toMatchObject({ ...session });
});

test('silence begins with its event and ends with the next update or heartbeat', () => {
  const silent = applyEvent(buildSession(), buildSessionEvent('session.stale', buildSession()));
  expect(silent.stale).toBe(true);
  const alive = { lastHeartbeat: at('10:20'), updatedAt: at('10:20') };
  expect(applyPulse(silent, { sessionId: 'builder-1', programId: 'builder', ...alive })).toMatchObject({
    ...alive,
    stale: false,
  });
  expect(applyEvent(silent, buildSessionEvent('session.updated', buildSession({ updatedAt: at('10:20') }))).stale).toBe(
    false,
  );
});

test('a stuck session stays stuck until it progresses', () => {
  const stuck = applyEvent(buildSession(), buildSessionEvent('session.stuck', buildSession()));
  expect(stuck.stuck).toBe(true);
  const pinged = applyEvent(stuck, buildSessionEvent('session.updated', buildSession({ updatedAt: at('10:40') })));
  expect(pinged.stuck).toBe(true);
  const moved = buildSession({ updatedAt: at('10:41'), lastProgressAt: at('10:41'), progress: 60 });
  expect(applyEvent(pinged, buildSessionEvent('session.updated', moved)).stuck).toBe(false);
});

test('a heartbeat older than the known state changes nothing', () => {
  const current = buildSession({ updatedAt: at('10:30'), stale: true });
  const old = { sessionId: 'builder-1', programId: 'builder', lastHeartbeat: at('10:10'), updatedAt: at('10:10') };
  expect(applyPulse(current, old)).toBe(current);
});

test('a page read before an event does not undo the event', () => {
  const current = buildSession({ status: 'Newer', updatedAt: at('10:05') });
  const read = { ...buildSession({ status: 'Older' }) } as Parameters<typeof pickNewer>[1];
  expect(pickNewer(current, read).status).toBe('Newer');
  expect(pickNewer(undefined, read).status).toBe('Older');
});

test('context use is known only with its limit, and never above 100 %', () => {
  expect(contextPercent({ contextBytes: 50, contextLimitBytes: null })).toBeNull();
  expect(contextPercent({ contextBytes: 50, contextLimitBytes: 200 })).toBe(25);
  expect(contextPercent({ contextBytes: 300, contextLimitBytes: 200 })).toBe(100);
});
