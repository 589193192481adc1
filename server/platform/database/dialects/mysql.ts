/** MySQL 9 and MariaDB 10.11 or newer, through mysql2. */
import type { PoolConnection } from 'mysql2';
import type { DataSource } from 'typeorm';
import { parseDatabaseHosts } from '../database-hosts.ts';
import { DatabaseRefused } from '../database-refused.ts';
import { loadTlsOptions } from '../database-tls.ts';
import { mysqlMatch } from '../full-text.ts';
import { type Dialect, getErrorCode, type PoolStats } from './dialect.ts';
import { queueForNextQuery } from './mysql-coalescing.ts';
import { PrimaryTracker } from './mysql-failover/primary-tracker.ts';
import { GROUP_SESSION_INIT, MIGRATION_WAIT_SECONDS, SESSION_INIT, SESSION_REFUSED_CODE } from './mysql-session.ts';
import { CHECKED_SETTINGS, findRefusal, findWarnings } from './mysql-settings.ts';
import { createTimeoutDriver, POOL_TIMEOUT_CODE } from './mysql-timeouts.ts';
import { readMysqlTables } from './read-tables.ts';

const POOL_SIZE = 16;
const QUEUE_LIMIT = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
const MIGRATION_LOCK = 'fleetbeat-migrations';
/** The migration lock is lost when the database closes its connection, which is idle during the migrations. */
const KEEP_ALIVE_MS = 5_000;

/** Well below the session's wait_timeout, so that the pool never hands out a connection that the database is about to close. */
const IDLE_TIMEOUT_MS = 8_000;

/** SHOW, because not every server has every variable. */
const SETTINGS_QUERY = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${CHECKED_SETTINGS.map((name) => `'${name}'`).join(', ')})`;

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
  'HANDSHAKE_SSL_ERROR',
  'HANDSHAKE_NO_SSL_SUPPORT',
  'ER_SECURE_TRANSPORT_REQUIRED',
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
  SESSION_REFUSED_CODE,
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
  const [first] = hosts;
  if (!first) throw new Error('DATABASE_URL is malformed');
  const ssl = loadTlsOptions(first.tls);
  const primaryTracker = hosts.length > 1 ? new PrimaryTracker(hosts, warn, ssl) : null;
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
      host: first.host,
      port: first.port,
      username: first.user,
      password: first.password,
      database: first.database,
      ...(ssl && { ssl }),
      charset: 'utf8mb4',
      timezone: 'Z',
      supportBigNumbers: true,
      bigNumberStrings: false,
      // For mysql-coalescing.ts, which refuses multiple statements from anywhere else.
      multipleStatements: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      poolSize: POOL_SIZE,
      extra: primaryTracker ? { ...pool, stream: primaryTracker.connect.bind(primaryTracker) } : pool,
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
    nowSql: 'CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)',
    poolStats: readPoolStats,
    patternSearchCondition: mysqlMatch,
    onUnavailable: () => primaryTracker?.onUnavailable(),
    async checkSettings(query) {
      const rows = await query(SETTINGS_QUERY);
      const settings = new Map(rows.map((row) => [String(row['Variable_name']), String(row['Value'])]));
      const refusal = findRefusal(settings);
      if (refusal) throw new DatabaseRefused(refusal);
      return findWarnings(settings);
    },
    readTables: readMysqlTables,
    listenForDoubts: (listener) => primaryTracker?.listenForDoubts(listener),
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
