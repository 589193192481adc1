/** MySQL 9 and MariaDB 10.11 or newer, through mysql2. */
import type { PoolConnection } from 'mysql2';
import type { DataSource } from 'typeorm';
import { parseDatabaseHosts } from '../database-hosts.ts';
import { mysqlMatch } from '../full-text.ts';
import { LOCK_WAIT_SECONDS } from '../time-limits.ts';
import { type Dialect, getErrorCode, type PoolStats } from './dialect.ts';
import { queueForNextQuery } from './mysql-coalescing.ts';
import { PrimaryTracker } from './mysql-failover/primary-tracker.ts';
import { createTimeoutDriver, POOL_TIMEOUT_CODE } from './mysql-timeouts.ts';

const POOL_SIZE = 16;
const QUEUE_LIMIT = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
const MIGRATION_LOCK = 'fleetbeat-migrations';
const MIGRATION_WAIT_SECONDS = 120;
/** The migration lock is lost when the database closes its connection, which is idle during the migrations. */
const KEEP_ALIVE_MS = 5_000;

/**
 * After this long the database closes an inactive connection and rolls back its transaction. With the default of eight hours
 * a frozen or disconnected server would keep rows locked.
 */
const WAIT_TIMEOUT_SECONDS = 15;
/** Well below WAIT_TIMEOUT_SECONDS, so that the pool never hands out a connection that the database is about to close. */
const IDLE_TIMEOUT_MS = 8_000;

/**
 * Runs first on every connection. READ COMMITTED takes no gap locks, so that inserts do not block each other; strict mode
 * rejects values that do not fit instead of truncating them.
 */
const SESSION_INIT = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE', innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
  // Between two statements, while receiving a statement, and while sending a result.
  `SET SESSION wait_timeout = ${WAIT_TIMEOUT_SECONDS}, net_read_timeout = ${WAIT_TIMEOUT_SECONDS}, net_write_timeout = ${WAIT_TIMEOUT_SECONDS}`,
];

/**
 * Also runs on connections to a group's primary: a new primary first applies every transaction that the old one
 * acknowledged. A stricter setting of the group is kept.
 */
const GROUP_SESSION_INIT = `SET SESSION group_replication_consistency =
  IF(@@group_replication_consistency = 'EVENTUAL', 'BEFORE_ON_PRIMARY_FAILOVER', @@group_replication_consistency)`;

const CONFLICT_CODES = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_CHECKREAD',
  // Group replication rolled it back: a conflicting transaction of another member was certified first.
  'ER_TRANSACTION_ROLLBACK_DURING_COMMIT',
]);
const UNAVAILABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_CANT_LOCK',
  'ER_QUERY_INTERRUPTED',
  'ER_CONNECTION_KILLED',
  POOL_TIMEOUT_CODE,
  'NO_PRIMARY',
  'ER_READ_ONLY_MODE',
  'ER_SERVER_OFFLINE_MODE',
  'ER_SESSION_WAS_KILLED',
  // The group rejected the commit, or this member may not continue the transaction.
  'ER_RUN_HOOK_ERROR',
  'ER_GR_HOLD_WAIT_TIMEOUT',
  'ER_GR_HOLD_KILLED',
  'ER_GR_HOLD_MEMBER_STATUS_ERROR',
  'ER_GRP_TRX_CONSISTENCY_BEFORE',
  'ER_GRP_TRX_CONSISTENCY_AFTER_ON_TRX_BEGIN',
]);
const DISK_FULL_CODES = new Set(['ER_DISK_FULL', 'ER_RECORD_FILE_FULL']);
const UNAVAILABLE_MESSAGE =
  /closed state|pool is closed|queue limit reached|connection lost|not established|connect ETIMEDOUT/i;

/** `url` is `mysql://user:password@host:port/database`; with several hosts, connections go to the primary. */
export function mysql(url: string, warn: (message: string) => void): Dialect {
  const hosts = parseDatabaseHosts(url) ?? [];
  const primaryTracker = hosts.length > 1 ? new PrimaryTracker(hosts, warn) : null;
  const pool = {
    waitForConnections: true,
    queueLimit: QUEUE_LIMIT,
    enableKeepAlive: true,
    // mysql2 would capture a stack per statement; TypeORM's errors have one already.
    trace: false,
    idleTimeout: IDLE_TIMEOUT_MS,
    // mysql2 applies idleTimeout only when maxIdle is below the pool size.
    maxIdle: POOL_SIZE - 1,
    // Sends COM_QUIT: the database logs connections that close without it.
    gracefulEnd: true,
  };
  const sessionInit = () => (primaryTracker?.inGroup ? [...SESSION_INIT, GROUP_SESSION_INIT] : SESSION_INIT);
  const { driver, enableQueryTimeouts, connectBy } = createTimeoutDriver(sessionInit);
  return {
    kind: 'mysql',
    singleConnection: false,
    options: {
      type: 'mysql',
      driver,
      url: hosts[0]?.url ?? url,
      charset: 'utf8mb4',
      timezone: 'Z',
      supportBigNumbers: true,
      bigNumberStrings: false,
      // For mysql-coalescing.ts, which refuses multiple statements from anywhere else.
      multipleStatements: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      poolSize: POOL_SIZE,
      extra: primaryTracker ? { ...pool, stream: () => primaryTracker.connect() } : pool,
      logging: false,
    },
    connect: (runner, deadline) => connectBy(deadline, () => runner.connect()),
    begin: (runner) => runner.startTransaction(),
    beginSnapshot: (runner) => runner.startTransaction('REPEATABLE READ'),
    async commit(runner, queued) {
      const connection: PoolConnection = await runner.connect();
      for (const statement of queued) queueForNextQuery(connection, statement);
      await runner.commitTransaction();
    },
    rollback: (runner) => runner.rollbackTransaction(),
    forUpdate: (query) => query.setLock('pessimistic_write'),
    forUpdateClause: ' FOR UPDATE',
    forUpdateSkipLockedClause: ' FOR UPDATE SKIP LOCKED',
    // LAST_INSERT_ID(x) returns x and stores it for this connection, so that counterValue needs no query.
    incrementCounter: ({ table, column, accountId }, by) => ({
      sql: `INSERT INTO ${table} (accountId, ${column}) VALUES (?, LAST_INSERT_ID(?)) ON DUPLICATE KEY UPDATE ${column} = LAST_INSERT_ID(${column} + ?)`,
      values: [accountId, by, by],
    }),
    counterValue: () => ({ sql: 'LAST_INSERT_ID()', values: [] }),
    // VALUES(), because MariaDB lacks the row alias that MySQL prefers.
    onConflictUpdate: (_keys, columns) =>
      `ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`,
    async withMigrationLock(dataSource, work) {
      await withAdvisoryLock(dataSource, work);
      enableQueryTimeouts();
    },
    poolStats: readPoolStats,
    patternSearchCondition: mysqlMatch,
    onUnavailable: () => primaryTracker?.onUnavailable(),
    beforeClose: async () => undefined,
    close: () => primaryTracker?.close(),
    classifyError(error) {
      const code = getErrorCode(error);
      if (CONFLICT_CODES.has(code)) return 'conflict';
      if (code === 'ER_LOCK_WAIT_TIMEOUT') return 'locked';
      if (code === 'ER_DUP_ENTRY') return 'duplicate';
      if (DISK_FULL_CODES.has(code)) return 'full';
      if (UNAVAILABLE_CODES.has(code)) return 'unavailable';
      return UNAVAILABLE_MESSAGE.test(error instanceof Error ? error.message : '') ? 'unavailable' : 'other';
    },
  };
}

/** Undocumented fields of mysql2's pool, which has no public statistics. Where they are missing the numbers are 0. */
interface Pool {
  readonly _allConnections?: { readonly length: number };
  readonly _freeConnections?: { readonly length: number };
  readonly _connectionQueue?: { readonly length: number };
}

function readPoolStats({ driver: { pool } }: DataSource & { driver: { pool?: Pool } }): PoolStats {
  const idle = pool?._freeConnections?.length ?? 0;
  const busy = (pool?._allConnections?.length ?? 0) - idle;
  return { busy, idle, waiting: pool?._connectionQueue?.length ?? 0 };
}

/** Serialises the migrations of concurrently starting replicas: MySQL commits each DDL statement, so a transaction cannot. */
async function withAdvisoryLock(dataSource: DataSource, work: () => Promise<void>): Promise<void> {
  const runner = dataSource.createQueryRunner();
  let keepAlive: NodeJS.Timeout | undefined;
  try {
    const [row] = await runner.query('SELECT GET_LOCK(?, ?) AS granted', [MIGRATION_LOCK, MIGRATION_WAIT_SECONDS]);
    if (Number(row?.granted) !== 1) throw new Error('Another process is still migrating this database');
    keepAlive = setInterval(() => void runner.query('DO 0').catch(() => undefined), KEEP_ALIVE_MS);
    await work();
  } finally {
    clearInterval(keepAlive);
    await runner.query('SELECT RELEASE_LOCK(?)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}
