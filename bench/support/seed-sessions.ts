/** Inserts millions of sessions by SQL. The server has created the tables. */
import libsql from 'libsql';
import { createConnection } from 'mysql2/promise';
import type { BenchDatabase } from './database.ts';

const BATCH_SIZE = 100_000;
const DIGIT = `(${Array.from({ length: 10 }, (_, digit) => `SELECT ${digit} AS d`).join(' UNION ALL ')})`;
/** 0 to 99,999 */
const NUMBERS = `(SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS i
  FROM ${DIGIT} a, ${DIGIT} b, ${DIGIT} c, ${DIGIT} e, ${DIGIT} f) AS numbers`;

const COLUMNS = `accountId, sessionId, programId, name, status, state, progress, handoffRequired, createdAt, updatedAt,
  lastHeartbeat, lastProgressAt, completedAt, archived, archivedAt, archiveReason, changes`;

export interface Seed {
  readonly programs: number;
  readonly sessions: number;
  /** The number of live ones, spread evenly over programs; the others are archived. */
  readonly live: number;
}

export async function seedSessions(database: BenchDatabase, { programs, sessions, live }: Seed): Promise<void> {
  const now = Date.now();
  const statements = [
    `INSERT INTO programs (accountId, programId, createdAt) SELECT ${ACCOUNT}, CONCAT('program-', i), ${now} FROM ${NUMBERS} WHERE i < ${programs}`,
    ...splitIntoBatches(0, live).map(([from, count]) => insertStatement(programs, from, count, liveColumns(now))),
    ...splitIntoBatches(live, sessions).map(([from, count]) =>
      insertStatement(programs, from, count, archivedColumns(now)),
    ),
  ];
  await executeAll(database, statements);
}

const ACCOUNT = '(SELECT MIN(accountId) FROM accounts)';

function splitIntoBatches(from: number, to: number): [number, number][] {
  const all: [number, number][] = [];
  for (let at = from; at < to; at += BATCH_SIZE) all.push([at, Math.min(BATCH_SIZE, to - at)]);
  return all;
}

const insertStatement = (programs: number, from: number, count: number, rest: (n: string) => string): string => {
  const n = `(i + ${from})`;
  return `INSERT INTO sessions (${COLUMNS}) SELECT ${ACCOUNT}, CONCAT('seeded-', ${n}), CONCAT('program-', ${n} % ${programs}),
    CONCAT('Session ', ${n}), 'Writing the fix', ${rest(n)} FROM ${NUMBERS} WHERE i < ${count}`;
};

const liveColumns = (now: number) => (n: string) =>
  `'working', 40, 0, ${now} - ${n}, ${now} - ${n}, ${now} - ${n}, ${now} - ${n}, NULL, 0, NULL, NULL, 1`;

/** One ended in each second before now. */
const archivedColumns = (now: number) => (n: string) => {
  const at = `${now} - 3600000 - 1000 * ${n}`;
  return `'complete', 100, 0, ${at}, ${at}, ${at}, ${at}, ${at}, 1, ${at}, 'complete', 1`;
};

async function executeAll({ kind, url }: BenchDatabase, statements: readonly string[]): Promise<void> {
  if (kind === 'sqlite') {
    const database = new libsql(url.slice('sqlite:'.length));
    for (const statement of statements) database.exec(statement);
    database.close();
    return;
  }
  const connection = await createConnection(url);
  try {
    for (const statement of statements) await connection.query(statement);
  } finally {
    await connection.end();
  }
}
