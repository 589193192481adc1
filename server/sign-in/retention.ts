/** Forgetting web sessions that have ended, a bounded number at a time. */
import { In, LessThan } from 'typeorm';
import type { Clock } from '../clock.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../storage/store.ts';
import { WebSession } from './entity.ts';

const PAGE = 1_000;

export async function forgetEndedWebSessions(
  store: Store,
  clock: Clock,
  { webSessionIdleMs }: Settings,
  renew: () => Promise<boolean>,
): Promise<void> {
  for (;;) {
    const deleted = await store.write(async ({ manager }) => {
      const now = clock.now();
      const old = await manager.find(WebSession, {
        where: [{ expiresAt: LessThan(now) }, { lastUsedAt: LessThan(now - webSessionIdleMs) }],
        take: PAGE,
        select: { tokenHash: true },
      });
      if (old.length > 0) await manager.delete(WebSession, { tokenHash: In(old.map((row) => row.tokenHash)) });
      return old.length;
    });
    if (deleted < PAGE || !(await renew())) return;
  }
}
