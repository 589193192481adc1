import { type components, getNeeds } from '@fleetbeat/client';
import { afterEach, expect, test } from 'vitest';
import { describeState } from '../../../cli/src/session-state.ts';
import { FleetModel } from '../../../cli/src/top/model.ts';
import { at, buildSession } from '../testing/session-fixtures.ts';
import { attentionQueue, clearFleet, updateSession } from './fleet-store.ts';

type Session = components['schemas']['Session'];

afterEach(clearFleet);

const SESSIONS = [
  buildSession({ sessionId: 'silent', stale: true }),
  buildSession({ sessionId: 'fine' }),
  buildSession({ sessionId: 'hands-over', handoffRequired: true }),
  buildSession({ sessionId: 'hands-over-idle', handoffRequired: true, stuck: true, lastProgressAt: at('09:10') }),
  buildSession({ sessionId: 'stuck', stuck: true }),
  buildSession({ sessionId: 'asks', state: 'blocked', lastProgressAt: at('09:30') }),
  buildSession({ sessionId: 'asks-in-silence', state: 'blocked', stale: true, lastProgressAt: at('09:00') }),
  buildSession({ sessionId: 'over', state: 'complete', handoffRequired: true }),
  buildSession({ sessionId: 'succeeded', stale: true, successor: 'next' }),
] as Session[];

test('the queue and `fleetbeat top` show the same needs in the same order', () => {
  for (const session of SESSIONS) updateSession(session, () => session);
  const top = new FleetModel();
  top.replace(SESSIONS, null);
  const rows = top.rows(false).filter((session) => getNeeds(session).length > 0);
  const queue = attentionQueue.value.map((session) => [session.sessionId, getNeeds(session)[0]]);
  expect(queue).toEqual(rows.map((session) => [session.sessionId, describeState(session)]));
  expect(queue).toEqual([
    ['asks-in-silence', 'blocked'],
    ['asks', 'blocked'],
    ['stuck', 'stuck'],
    ['hands-over-idle', 'handoff'],
    ['hands-over', 'handoff'],
    ['silent', 'stale'],
  ]);
  expect(top.countNeeds()).toEqual([
    ['blocked', 2],
    ['stuck', 1],
    ['handoff', 2],
    ['stale', 1],
  ]);
});
