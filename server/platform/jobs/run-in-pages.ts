/** Keeps the lease between two pages; false when another process has taken over, or the server stops. */
export type RenewLease = () => Promise<boolean>;

/** Runs `page`, which resolves with how many rows it found, until it finds less than `size`. False when it was to stop. */
export async function runInPages(size: number, page: () => Promise<number>, renew: RenewLease): Promise<boolean> {
  for (;;) {
    if ((await page()) < size) return true;
    if (!(await renew())) return false;
  }
}
