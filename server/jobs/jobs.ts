/** Every job: its name, its period, what it does. */
import { forgetOldAudit } from '../audit/retention.ts';
import { type Clock, MINUTE } from '../clock.ts';
import { forgetOldEvents } from '../events/retention.ts';
import { forgetOldAnswers } from '../idempotency/once.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { Silence } from '../sessions/silence.ts';
import { Sweep } from '../sessions/sweep.ts';
import type { Settings } from '../settings.ts';
import { forgetEndedWebSessions } from '../sign-in/retention.ts';
import type { Store } from '../storage/store.ts';
import type { Dispatcher } from '../webhooks/dispatcher.ts';
import { forgetOldDeliveries } from '../webhooks/retention.ts';
import type { Job } from './job.ts';

export const SWEEP = 'sweep';

export function jobsOf({
  store,
  clock,
  settings,
  ring,
  dispatcher,
}: {
  store: Store;
  clock: Clock;
  settings: Settings;
  ring: KeyRing;
  dispatcher: Dispatcher;
}): Job[] {
  const silence = new Silence(store, clock, settings);
  const sweep = new Sweep(store, clock, settings);
  return [
    {
      name: SWEEP,
      everyMs: settings.sweepEveryMs,
      leased: true,
      run: async (renew) => {
        await silence.run(renew);
        await sweep.run(renew);
      },
    },
    {
      name: 'event-retention',
      everyMs: settings.retentionEveryMs,
      leased: true,
      run: (renew) => forgetOldEvents(store, clock, settings.keepEventsMs, renew),
    },
    {
      name: 'audit-retention',
      everyMs: settings.retentionEveryMs,
      leased: true,
      run: (renew) => forgetOldAudit(store, clock, settings.keepAuditMs, renew),
    },
    {
      name: 'answer-retention',
      everyMs: settings.retentionEveryMs,
      leased: true,
      run: (renew) => forgetOldAnswers(store, clock, renew),
    },
    {
      name: 'web-session-retention',
      everyMs: settings.retentionEveryMs,
      leased: true,
      run: (renew) => forgetEndedWebSessions(store, clock, settings, renew),
    },
    {
      name: 'delivery-retention',
      everyMs: settings.retentionEveryMs,
      leased: true,
      run: (renew) => forgetOldDeliveries(store, clock, settings.keepDeliveriesMs, renew),
    },
    { name: 'webhooks', everyMs: settings.webhooksEveryMs, leased: false, run: () => dispatcher.tick() },
    { name: 'key-uses', everyMs: MINUTE, leased: false, run: () => ring.writeUses() },
  ];
}
