/** Forgetting deliveries that are older than they need to be, a bounded number at a time. */
import { In, LessThan } from 'typeorm';
import type { Clock } from '../clock.ts';
import type { Store } from '../storage/store.ts';
import { WebhookDelivery } from './entity.ts';

const PAGE = 1_000;

export async function forgetOldDeliveries(
  store: Store,
  clock: Clock,
  keptMs: number,
  renew: () => Promise<boolean>,
): Promise<void> {
  for (;;) {
    const deleted = await store.write(async ({ manager }) => {
      const old = await manager.find(WebhookDelivery, {
        where: { createdAt: LessThan(clock.now() - keptMs) },
        order: { createdAt: 'ASC' },
        take: PAGE,
        select: { accountId: true, webhookId: true, deliveryId: true },
      });
      const distinct = (name: 'accountId' | 'webhookId') => In([...new Set(old.map((row) => row[name]))]);
      if (old.length > 0) {
        await manager.delete(WebhookDelivery, {
          accountId: distinct('accountId'),
          webhookId: distinct('webhookId'),
          deliveryId: In(old.map((row) => row.deliveryId)),
        });
      }
      return old.length;
    });
    if (deleted < PAGE || !(await renew())) return;
  }
}
