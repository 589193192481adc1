/** Forgetting audit rows that are older than they need to be, a bounded number at a time. */
import { In, LessThan } from 'typeorm';
import type { Clock } from '../clock.ts';
import type { Store } from '../storage/store.ts';
import { Audit } from './entity.ts';

const PAGE = 1_000;

export async function forgetOldAudit(
  store: Store,
  clock: Clock,
  keptMs: number,
  renew: () => Promise<boolean>,
): Promise<void> {
  for (;;) {
    const deleted = await store.write(async ({ manager }) => {
      const old = await manager.find(Audit, {
        where: { at: LessThan(clock.now() - keptMs) },
        order: { at: 'ASC' },
        take: PAGE,
        select: { accountId: true, auditId: true },
      });
      if (old.length > 0)
        await manager.delete(Audit, {
          auditId: In(old.map((row) => row.auditId)),
          accountId: In([...new Set(old.map((row) => row.accountId))]),
        });
      return old.length;
    });
    if (deleted < PAGE || !(await renew())) return;
  }
}
