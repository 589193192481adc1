import type { EntityManager } from 'typeorm';
import type { Dialect } from './dialects/dialect.ts';
import { buildInsert, type Ending, numbered, type PlainRow } from './sql.ts';
import type { Transaction } from './store.ts';

/** A begun transaction as services see it; `ending` and `subjects` collect what is to be done at its commit. */
export function createTransaction(
  dialect: Dialect,
  manager: EntityManager,
  ending: Ending,
  subjects: Set<string>,
): Transaction {
  const store = (table: string, rows: readonly PlainRow[], onKnown?: string) => {
    if (rows.length > 0) ending.statements.push(buildInsert(table, rows, onKnown));
  };
  return {
    manager,
    forUpdate: (query) => dialect.forUpdate(query),
    selectForUpdate: (select, values) => manager.query(select + dialect.forUpdateClause, [...values]),
    lockedIfFree: (select, values) => manager.query(select + dialect.lockIfFree, [...values]),
    beforeCommit: (statement) => void ending.statements.push(statement),
    insert: store,
    upsert: (table, keys, rows) => {
      const others = Object.keys(rows[0] ?? {}).filter((column) => !keys.includes(column));
      store(table, rows, dialect.onConflictUpdate(keys, others));
    },
    insertNumbered: (counter, table, rows) =>
      void ending.withSequenceNumbers.push(
        dialect.incrementCounter(counter, rows.length),
        buildInsert(table, numbered(rows, counter.column, dialect.counterValue(counter))),
      ),
    afterCommit: (subject) => void subjects.add(subject),
  };
}
