/** Time limits of database operations. */

/**
 * For one operation in total: retries and waits for connections, locks and results. Below the timeouts of clients and load
 * balancers.
 */
export const REQUEST_MS = 8_000;

/** For background jobs. Longer than a dead server's locks last (WAIT_TIMEOUT_SECONDS in `dialects/mysql-session.ts`). */
export const JOB_MS = 20_000;

/** How long one statement waits for a row lock. */
export const LOCK_WAIT_SECONDS = 3;
