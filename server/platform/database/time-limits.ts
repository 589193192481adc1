/** How long whoever asks the database waits. */

/**
 * For one operation, from its first wait to its answer: attempts, waits for a connection, for locks and for answers share
 * it. Below what clients and balancers wait.
 */
export const REQUEST_MS = 8_000;

/** For jobs. Nobody waits for them, and they outlast the locks of a server that has died (`dialects/mysql.ts`). */
export const JOB_MS = 20_000;

/** How long one statement waits for a row that another transaction holds. */
export const LOCK_WAIT_SECONDS = 3;
