/** What is read when somebody looks: sessions and the pool of the database. */
import type { Clock } from '../clock.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../storage/store.ts';
import type { Metrics } from './metrics.ts';
import { liveSessions } from './query.ts';

export function describeHouse(metrics: Metrics, house: { store: Store; clock: Clock; settings: Settings }): void {
  const { store, clock, settings } = house;
  metrics.gauge(
    { name: 'sessions', help: 'Live sessions of all accounts; stale ones are silent.', labels: ['liveness'] },
    async (gauge) => {
      const since = clock.now() - settings.staleAfterMs;
      const { live, stale } = await store.read((manager) => liveSessions(manager, since));
      gauge.set({ liveness: 'active' }, live - stale);
      gauge.set({ liveness: 'stale' }, stale);
    },
  );
  if (!store.poolUse()) return;
  metrics.gauge(
    { name: 'database_connections', help: 'Connections of the pool, and requests that wait for one.', labels: ['use'] },
    (gauge) => {
      const use = store.poolUse();
      for (const each of ['busy', 'idle', 'waiting'] as const) gauge.set({ use: each }, use?.[each] ?? 0);
    },
  );
}
