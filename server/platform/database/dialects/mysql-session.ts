/** The session variables of every connection to MySQL or MariaDB, whatever the server's global settings are. */
import { LOCK_WAIT_SECONDS } from '../time-limits.ts';
import { getErrorCode } from './dialect.ts';

/** How long migrations wait for each other, and for statements that use a table. */
export const MIGRATION_WAIT_SECONDS = 120;

/**
 * After this long the database closes an inactive connection and rolls back its transaction. With the default of eight hours
 * a frozen or disconnected server would keep rows locked.
 */
const WAIT_TIMEOUT_SECONDS = 15;

/** Explicit values: DEFAULT would be the server's global setting. docs/operations.md lists them with what they prevent. */
const VARIABLES: Readonly<Record<string, string | number>> = {
  // What a transaction is.
  autocommit: 1,
  completion_type: "'NO_CHAIN'",
  foreign_key_checks: 1,
  unique_checks: 1,
  default_storage_engine: "'InnoDB'",
  // Which rows a statement finds, and which it returns.
  sql_select_limit: '18446744073709551615',
  sql_safe_updates: 0,
  sql_big_selects: 1,
  sql_auto_is_null: 0,
  max_sort_length: 1024,
  // How values are read and stored. Strict mode rejects values that do not fit instead of truncating them.
  time_zone: "'+00:00'",
  sql_mode: "'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE'",
  // How long it waits: for a row, for a table, between statements, while receiving one, while sending a result.
  innodb_lock_wait_timeout: LOCK_WAIT_SECONDS,
  lock_wait_timeout: MIGRATION_WAIT_SECONDS,
  wait_timeout: WAIT_TIMEOUT_SECONDS,
  net_read_timeout: WAIT_TIMEOUT_SECONDS,
  net_write_timeout: WAIT_TIMEOUT_SECONDS,
};
/** The deadline of an operation limits its statements instead; migrations may take any time. */
const MYSQL_VARIABLES = { max_execution_time: 0 };
const MARIADB_VARIABLES = {
  max_statement_time: 0,
  idle_transaction_timeout: 0,
  idle_write_transaction_timeout: 0,
  idle_readonly_transaction_timeout: 0,
};

/** Those that both databases have. */
export const SESSION_VARIABLES: readonly string[] = Object.keys(VARIABLES);
/** Those that only one of them has. */
export const OWN_SESSION_VARIABLES: readonly string[] = Object.keys({ ...MYSQL_VARIABLES, ...MARIADB_VARIABLES });

/** A statement that every connection runs first, and for each variable that it sets, the statement that sets it alone. */
export interface SessionStatement {
  readonly sql: string;
  readonly alone: Readonly<Record<string, string>>;
}

type Variables = Readonly<Record<string, string | number>>;

const toAssignments = (variables: Variables): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');

/** Each of the two databases skips the comment of the other. A comment alone would be an empty statement, and an error. */
const setSession = (both: Variables, mysql: Variables, mariadb: Variables): string =>
  [
    `SET SESSION ${toAssignments(both)}`,
    ...(Object.keys(mysql).length > 0 ? [`/*!80000 , ${toAssignments(mysql)} */`] : []),
    ...(Object.keys(mariadb).length > 0 ? [`/*M!101100 , ${toAssignments(mariadb)} */`] : []),
  ].join(' ');

const eachAlone = (variables: Variables, toSql: (variable: Variables) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, toSql({ [name]: value })]));

const single = (name: string, sql: string): SessionStatement => ({ sql, alone: { [name]: sql } });
const AUTOCOMMIT = { autocommit: 1 };

/** Run first on every connection. READ COMMITTED takes no gap locks, so that inserts do not block each other. */
export const SESSION_INIT: readonly SessionStatement[] = [
  single('character_set_client', 'SET NAMES utf8mb4 COLLATE utf8mb4_bin'),
  single('transaction_isolation', 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE'),
  {
    sql: setSession(VARIABLES, MYSQL_VARIABLES, MARIADB_VARIABLES),
    alone: {
      ...eachAlone(VARIABLES, (variable) => setSession(variable, {}, {})),
      ...eachAlone(MYSQL_VARIABLES, (variable) => setSession(AUTOCOMMIT, variable, {})),
      ...eachAlone(MARIADB_VARIABLES, (variable) => setSession(AUTOCOMMIT, {}, variable)),
    },
  },
];

/**
 * Also runs on connections to a group's primary: a new primary first applies every transaction that the old one
 * acknowledged. A stricter setting of the group is kept.
 */
export const GROUP_SESSION_INIT = single(
  'group_replication_consistency',
  `SET SESSION group_replication_consistency =
  IF(@@group_replication_consistency = 'EVENTUAL', 'BEFORE_ON_PRIMARY_FAILOVER', @@group_replication_consistency)`,
);

export const SESSION_REFUSED_CODE = 'SESSION_SETTING_REFUSED';

/**
 * Runs the statements on a new connection. Rejects with an error that names the variable which the database refuses: its own
 * message often tells only which right is missing.
 */
export async function initializeSession(
  run: (sql: string) => Promise<unknown>,
  statements: readonly SessionStatement[],
): Promise<void> {
  for (const { sql, alone } of statements) {
    try {
      await run(sql);
    } catch (error) {
      // 'ER_' is an answer of the database. Anything else says that there is none.
      if (!getErrorCode(error).startsWith('ER_')) throw error;
      for (const [variable, statement] of Object.entries(alone))
        await run(statement).catch((cause: unknown) => throwRefused(variable, cause));
      throw error;
    }
  }
}

function throwRefused(variable: string, cause: unknown): never {
  if (!getErrorCode(cause).startsWith('ER_')) throw cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const error = new Error(`it does not let this user set the session variable ${variable}: ${reason}`, { cause });
  throw Object.assign(error, { code: SESSION_REFUSED_CODE });
}
