import type { EntityManager } from 'typeorm';
import type { Dialect } from './dialects/dialect.ts';
import { buildInsert, type CommitQueue, type PlainRow, withSequenceNumbers } from './sql.ts';
import type { Transaction } from './store.ts';

/** The services' view of an open transaction. `queue` collects statements to run before the commit, `subjects` those to notify after it. */
export function createTransaction(
  dialect: Dialect,
  manager: EntityManager,
  queue: CommitQueue,
  subjects: Set<string>,
): Transaction {
  const insert = (table: string, rows: readonly PlainRow[], onConflict?: string) => {
    if (rows.length > 0) queue.statements.push(buildInsert(table, rows, onConflict));
  };
  return {
    manager,
    forUpdate: (query) => dialect.forUpdate(query),
    selectForUpdate: (select, values) => manager.query(select + dialect.forUpdateClause, [...values]),
    selectForUpdateSkipLocked: (select, values) =>
      manager.query(select + dialect.forUpdateSkipLockedClause, [...values]),
    beforeCommit: (statement) => void queue.statements.push(statement),
    insert,
    upsert: (table, keys, rows) => {
      const others = Object.keys(rows[0] ?? {}).filter((column) => !keys.includes(column));
      insert(table, rows, dialect.onConflictUpdate(keys, others));
    },
    insertNumbered: (counter, table, rows) =>
      void queue.numberedInserts.push(
        dialect.incrementCounter(counter, rows.length),
        buildInsert(table, withSequenceNumbers(rows, counter.column, dialect.counterValue(counter))),
      ),
    afterCommit: (subject) => void subjects.add(subject),
  };
}
