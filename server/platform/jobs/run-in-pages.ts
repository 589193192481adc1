/** Renews the lease between two pages; false when another process has taken over, or the server stops. */
export type RenewLease = () => Promise<boolean>;

/** Runs `page`, which resolves with the number of rows it found, until that is below `size`. False when it stopped early. */
export async function runInPages(size: number, page: () => Promise<number>, renew: RenewLease): Promise<boolean> {
  for (;;) {
    if ((await page()) < size) return true;
    if (!(await renew())) return false;
  }
}
