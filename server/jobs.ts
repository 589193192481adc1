/** Every background job: its name, its period and what it runs. */
import { Audit } from './domains/audit/index.ts';
import { HistoryRecorder, ObservedDay, ProgramActivity } from './domains/fleet/index.ts';
import { Invitation } from './domains/invitations/index.ts';
import { Connection, type KeyCache } from './domains/keys/index.ts';
import { fillDeliveries } from './domains/messages/index.ts';
import { OAuthRecord } from './domains/oauth/index.ts';
import type { PushDispatcher } from './domains/push/index.ts';
import { Question, type QuestionService } from './domains/questions/index.ts';
import { EndedRowRetention, RemovalJob } from './domains/retention/index.ts';
import { ArchivalSweep, StaleNotifier, SWEEP } from './domains/sessions/index.ts';
import { WebSession } from './domains/sign-in/index.ts';
import { type Dispatcher, WebhookDelivery } from './domains/webhooks/index.ts';
import { DAY, MINUTE } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import { deleteExpiredEvents } from './platform/events/retention.ts';
import { StoredResponse } from './platform/idempotency/entity.ts';
import type { Job } from './platform/jobs/job-runner.ts';
import { deleteExpired, type RetentionPolicy } from './platform/jobs/retention.ts';
import type { RenewLease } from './platform/jobs/run-in-pages.ts';
import type { Settings } from './platform/settings.ts';
import type { ServiceClock } from './platform/uptime/service-clock.ts';
import { entities } from './schema/entities.ts';

/** Closed questions are deleted after this time. */
const KEEP_QUESTIONS_MS = 30 * DAY;
/** What programs did is kept for this time. */
const KEEP_HISTORY_MS = 90 * DAY;
/** Ended invitations are shown for this time. */
const KEEP_INVITATIONS_MS = 1 * DAY;
/** A quarter of an hour needs no closer look. */
const MIN_HISTORY_EVERY_MS = 1 * MINUTE;
/** How often removed programs and accounts, and rows that an older version wrote, are looked for, at least. */
const MAX_CLEANUP_EVERY_MS = 1 * MINUTE;

export function createJobs({
  store,
  clock,
  settings,
  keyCache,
  dispatcher,
  pushDispatcher,
  questions,
}: {
  store: Store;
  clock: ServiceClock;
  settings: Settings;
  keyCache: KeyCache;
  dispatcher: Dispatcher;
  pushDispatcher: PushDispatcher;
  questions: QuestionService;
}): Job[] {
  const silence = new StaleNotifier(store, clock, settings);
  const sweep = new ArchivalSweep(store, clock, settings);
  const history = new HistoryRecorder(store, clock, settings);
  const endedRows = new EndedRowRetention(store, clock, settings);
  const removal = new RemovalJob(store, clock, entities);
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
      name: 'fleet-history',
      everyMs: Math.max(settings.sweepEveryMs, MIN_HISTORY_EVERY_MS),
      leased: true,
      run: (renew) => history.run(renew),
    },
    {
      name: 'event-retention',
      everyMs: settings.retentionEveryMs,
      leased: true,
      run: (renew) => deleteExpiredEvents(store, clock, settings.eventRetentionMs, renew),
    },
    ...listRetentionPolicies(settings).map((policy) => ({
      name: policy.name,
      everyMs: settings.retentionEveryMs,
      leased: true,
      run: (renew: RenewLease) => deleteExpired(store, clock, policy, renew),
    })),
    {
      name: 'ended-row-retention',
      everyMs: settings.retentionEveryMs,
      leased: true,
      run: async (renew) => void (await endedRows.run(renew)),
    },
    {
      name: 'removal',
      everyMs: Math.min(settings.retentionEveryMs, MAX_CLEANUP_EVERY_MS),
      leased: true,
      run: (renew) => removal.run(renew),
    },
    {
      name: 'delivery-filling',
      everyMs: Math.min(settings.retentionEveryMs, MAX_CLEANUP_EVERY_MS),
      leased: true,
      run: async (renew) => void (await fillDeliveries(store, renew)),
    },
    {
      name: 'question-closing',
      everyMs: settings.questionsEveryMs,
      leased: true,
      run: (renew) => questions.closeDue(renew),
    },
    { name: 'uptime', everyMs: clock.renewEveryMs, leased: false, run: () => clock.renew() },
    { name: 'webhooks', everyMs: settings.webhooksEveryMs, leased: false, run: () => dispatcher.tick() },
    { name: 'push', everyMs: settings.webhooksEveryMs, leased: false, run: () => pushDispatcher.tick() },
    { name: 'key-uses', everyMs: MINUTE, leased: false, run: () => keyCache.flushLastUses() },
  ];
}

const listRetentionPolicies = ({
  auditRetentionMs,
  deliveryRetentionMs,
  webSessionIdleMs,
}: Settings): readonly RetentionPolicy[] => [
  { name: 'audit-retention', table: Audit, maxAgeMs: { at: auditRetentionMs } },
  { name: 'answer-retention', table: StoredResponse, maxAgeMs: { createdAt: 1 * DAY } },
  { name: 'delivery-retention', table: WebhookDelivery, maxAgeMs: { createdAt: deliveryRetentionMs } },
  { name: 'question-retention', table: Question, maxAgeMs: { closedAt: KEEP_QUESTIONS_MS } },
  { name: 'activity-retention', table: ProgramActivity, maxAgeMs: { day: KEEP_HISTORY_MS } },
  { name: 'observed-day-retention', table: ObservedDay, maxAgeMs: { day: KEEP_HISTORY_MS } },
  { name: 'invitation-retention', table: Invitation, maxAgeMs: { expiresAt: KEEP_INVITATIONS_MS } },
  { name: 'oauth-record-retention', table: OAuthRecord, maxAgeMs: { expiresAt: 0 } },
  { name: 'connection-retention', table: Connection, maxAgeMs: { expiresAt: 1 * DAY } },
  { name: 'web-session-retention', table: WebSession, maxAgeMs: { expiresAt: 0, lastUsedAt: webSessionIdleMs } },
];
