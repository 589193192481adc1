import type { Store } from '../../platform/database/store.ts';
import type { RenewLease } from '../../platform/jobs/run-in-pages.ts';

const PAGE_SIZE = 500;

/** Runs `work` for each account, in order of their ids, until it resolves with false. False when it stopped early. */
export async function forEachAccount(
  store: Store,
  renew: RenewLease,
  work: (accountId: string) => Promise<boolean>,
): Promise<boolean> {
  for (let last = ''; ; ) {
    const page = await store.read((manager) =>
      manager.query<{ accountId: string }[]>(
        `SELECT accountId FROM accounts WHERE accountId > ? ORDER BY accountId LIMIT ${PAGE_SIZE}`,
        [last],
      ),
    );
    for (const { accountId } of page) if (!(await work(accountId))) return false;
    last = page.at(-1)?.accountId ?? '';
    if (page.length < PAGE_SIZE) return true;
    if (!(await renew())) return false;
  }
}
