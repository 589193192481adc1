/** MySQL 9 and MariaDB 10.11 or newer, through mysql2. */
import type { DataSource } from 'typeorm';
import { entities } from '../entities.ts';
import { mysqlMatch } from '../full-text.ts';
import { migrations } from '../migrations.ts';
import { codeOf, type Dialect, type PoolUse } from './dialect.ts';
import { boundedDriver, NO_CONNECTION_FREE } from './mysql-bounds.ts';

const POOL_SIZE = 16;
const QUEUE_LIMIT = 2_000;
const CONNECT_MS = 5_000;
const MIGRATION_LOCK = 'fleetbeat-migrations';
const MIGRATION_WAIT_SECONDS = 120;

/**
 * What every connection is told first. READ COMMITTED takes no gap locks, so that two new rows never wait for each
 * other; strict mode refuses what does not fit instead of cutting it off.
 */
const GREETING = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE', innodb_lock_wait_timeout = 3",
];

const CONFLICTS = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);
const AWAY = new Set([
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
  'ER_DISK_FULL',
  'ER_QUERY_INTERRUPTED',
  'ER_CONNECTION_KILLED',
  NO_CONNECTION_FREE,
]);
const AWAY_MESSAGE =
  /closed state|pool is closed|queue limit reached|connection lost|not established|connect ETIMEDOUT/i;

/** `url` is `mysql://user:password@host:port/database`. */
export function mysql(url: string): Dialect {
  const { driver, bound } = boundedDriver(GREETING);
  return {
    kind: 'mysql',
    singleConnection: false,
    options: {
      type: 'mysql',
      driver,
      url,
      charset: 'utf8mb4',
      timezone: 'Z',
      supportBigNumbers: true,
      bigNumberStrings: false,
      connectTimeout: CONNECT_MS,
      poolSize: POOL_SIZE,
      extra: { waitForConnections: true, queueLimit: QUEUE_LIMIT, enableKeepAlive: true },
      entities,
      migrations,
      logging: false,
    },
    begin: (runner) => runner.startTransaction(),
    beginSnapshot: (runner) => runner.startTransaction('REPEATABLE READ'),
    commit: (runner) => runner.commitTransaction(),
    rollback: (runner) => runner.rollbackTransaction(),
    forUpdate: (query) => query.setLock('pessimistic_write'),
    // MariaDB knows VALUES() and not the row alias that MySQL prefers.
    onKnown: (_keys, columns) =>
      `ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`,
    async migrating(dataSource, work) {
      await withLock(dataSource, work);
      bound();
    },
    poolUse,
    patternsWith: mysqlMatch,
    troubleOf(error) {
      const code = codeOf(error);
      if (CONFLICTS.has(code)) return 'conflict';
      if (code === 'ER_DUP_ENTRY') return 'duplicate';
      if (AWAY.has(code)) return 'unavailable';
      return AWAY_MESSAGE.test(error instanceof Error ? error.message : '') ? 'unavailable' : 'other';
    },
  };
}

/** mysql2 tells the use of its pool in no documented way; where these fields are missing the numbers are 0. */
interface Pool {
  readonly _allConnections?: { readonly length: number };
  readonly _freeConnections?: { readonly length: number };
  readonly _connectionQueue?: { readonly length: number };
}

function poolUse({ driver: { pool } }: DataSource & { driver: { pool?: Pool } }): PoolUse {
  const idle = pool?._freeConnections?.length ?? 0;
  const busy = (pool?._allConnections?.length ?? 0) - idle;
  return { busy, idle, waiting: pool?._connectionQueue?.length ?? 0 };
}

/** MySQL commits every DDL statement by itself, so replicas that start at once take turns by an advisory lock. */
async function withLock(dataSource: DataSource, work: () => Promise<void>): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    const [row] = await runner.query('SELECT GET_LOCK(?, ?) AS granted', [MIGRATION_LOCK, MIGRATION_WAIT_SECONDS]);
    if (Number(row?.granted) !== 1) throw new Error('Another process is still migrating this database');
    await work();
  } finally {
    await runner.query('SELECT RELEASE_LOCK(?)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}
