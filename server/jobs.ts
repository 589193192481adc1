/** Every job: its name, its period, what it does. */

import { Audit } from './domains/audit/entity.ts';
import type { KeyRing } from './domains/keys/key-ring.ts';
import { Silence } from './domains/sessions/silence.ts';
import { SWEEP, Sweep } from './domains/sessions/sweep.ts';
import { WebSession } from './domains/sign-in/entity.ts';
import type { Dispatcher } from './domains/webhooks/dispatcher.ts';
import { WebhookDelivery } from './domains/webhooks/entity.ts';
import { type Clock, DAY, MINUTE } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import { forgetOldEvents } from './platform/events/retention.ts';
import { KeptAnswer } from './platform/idempotency/entity.ts';
import type { Job } from './platform/jobs/job.ts';
import type { Renew } from './platform/jobs/pages.ts';
import { forgetOld, type Kept } from './platform/jobs/retention.ts';
import type { Settings } from './platform/settings.ts';

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
    ...kept(settings).map((each) => ({
      name: each.name,
      everyMs: settings.retentionEveryMs,
      leased: true,
      run: (renew: Renew) => forgetOld(store, clock, each, renew),
    })),
    { name: 'webhooks', everyMs: settings.webhooksEveryMs, leased: false, run: () => dispatcher.tick() },
    { name: 'key-uses', everyMs: MINUTE, leased: false, run: () => ring.writeUses() },
  ];
}

const kept = ({ keepAuditMs, keepDeliveriesMs, webSessionIdleMs }: Settings): readonly Kept[] => [
  { name: 'audit-retention', table: Audit, forMs: { at: keepAuditMs } },
  { name: 'answer-retention', table: KeptAnswer, forMs: { createdAt: 1 * DAY } },
  { name: 'delivery-retention', table: WebhookDelivery, forMs: { createdAt: keepDeliveriesMs } },
  { name: 'web-session-retention', table: WebSession, forMs: { expiresAt: 0, lastUsedAt: webSessionIdleMs } },
];
