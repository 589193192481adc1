/** Plain SQL statements as data. */

/** A row in its stored form: booleans as numbers, JSON as text. */
export type PlainRow = Readonly<Record<string, string | number | null>>;

/** A statement or a fragment of one, with the values of its `?` placeholders. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** `?, ?, ?`: one placeholder per value. */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/**
 * One INSERT for all rows, with the columns of the first row. `suffix` can handle conflicts with existing rows. For many rows
 * this takes a fraction of the time of TypeORM's insert.
 */
export function buildInsert(table: string, rows: readonly Readonly<Record<string, unknown>>[], suffix = ''): Statement {
  const columns = Object.keys(rows[0] ?? {});
  const values: unknown[] = [];
  const toPlaceholder = (value: unknown): string => {
    if (isStatement(value)) {
      values.push(...value.values);
      return value.sql;
    }
    values.push(value);
    return '?';
  };
  const tuples = rows.map((row) => `(${columns.map((column) => toPlaceholder(row[column])).join(', ')})`).join(', ');
  return { sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples} ${suffix}`.trimEnd(), values };
}

const isStatement = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && 'sql' in value;

/** The statements that a transaction runs right before its commit; numbered inserts run last. */
export interface CommitQueue {
  readonly statements: Statement[];
  readonly numberedInserts: Statement[];
}

/** Numbers the rows consecutively in `column`, so that the last one gets the value of the SQL expression. */
export const withSequenceNumbers = (rows: readonly PlainRow[], column: string, { sql, values }: Statement) =>
  rows.map((row, index) => ({ ...row, [column]: { sql: `${sql} - ${rows.length - 1 - index}`, values } }));
