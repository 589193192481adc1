/** Gauges that are read on every scrape: sessions, event streams and the database's connection pool. */
import { countLiveSessions, livenessAt, SWEEP } from './domains/sessions/index.ts';
import { readDeliveryBacklog } from './domains/webhooks/index.ts';
import { type Clock, SECOND } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import type { Leases } from './platform/jobs/lease.ts';
import type { Metrics } from './platform/metrics/metrics.ts';
import type { Settings } from './platform/settings.ts';

interface GaugeSources {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly leases: Leases;
  readonly events: { readonly open: number };
}

export function registerGauges(metrics: Metrics, { store, clock, settings, leases, events }: GaugeSources): void {
  metrics.gauge(
    {
      name: 'sweep_lag_seconds',
      help: 'Time since a sweep last came to its end, in whatever process. NaN before the first.',
    },
    async (gauge) => {
      const lastRunAt = await leases.lastRunAt(SWEEP);
      gauge.set(lastRunAt === null ? Number.NaN : (clock.now() - lastRunAt) / SECOND);
    },
  );
  metrics.gauge(
    { name: 'sessions', help: 'Live sessions of all accounts; stale ones are silent.', labels: ['liveness'] },
    async (gauge) => {
      const at = livenessAt(clock, settings);
      const { live, stale } = await store.read((manager) => countLiveSessions(manager, at));
      gauge.set({ liveness: 'active' }, live - stale);
      gauge.set({ liveness: 'stale' }, stale);
    },
  );
  metrics.gauge({ name: 'event_streams', help: 'Open event streams of this process.' }, (gauge) =>
    gauge.set(events.open),
  );
  const backlog = createBacklogReader(store);
  metrics.gauge(
    {
      name: 'webhook_deliveries_pending',
      help: 'Webhook deliveries of all accounts that are not taken yet, by whether the last attempt at their endpoint succeeded.',
      labels: ['endpoint'],
    },
    async (gauge) => {
      const { answering, failing } = await backlog();
      gauge.set({ endpoint: 'answering' }, answering.pending);
      gauge.set({ endpoint: 'failing' }, failing.pending);
    },
  );
  metrics.gauge(
    {
      name: 'webhook_oldest_pending_seconds',
      help: 'For how long the oldest of these has waited; 0 when none waits.',
      labels: ['endpoint'],
    },
    async (gauge) => {
      const { answering, failing } = await backlog();
      const age = (oldestAt: number | null) => (oldestAt === null ? 0 : Math.max(0, clock.now() - oldestAt) / SECOND);
      gauge.set({ endpoint: 'answering' }, age(answering.oldestAt));
      gauge.set({ endpoint: 'failing' }, age(failing.oldestAt));
    },
  );
  if (!store.poolStats()) return;
  metrics.gauge(
    { name: 'database_connections', help: 'Connections of the pool, and requests that wait for one.', labels: ['use'] },
    (gauge) => {
      const use = store.poolStats();
      for (const each of ['busy', 'idle', 'waiting'] as const) gauge.set({ use: each }, use?.[each] ?? 0);
    },
  );
}

/** Both gauges of one scrape share one read. */
function createBacklogReader(store: Store): () => ReturnType<typeof readDeliveryBacklog> {
  let reading: ReturnType<typeof readDeliveryBacklog> | null = null;
  return () => {
    reading ??= store.read(readDeliveryBacklog).finally(() => {
      reading = null;
    });
    return reading;
  };
}
