/** Statements in plain SQL, as data. */

/** A row as it is stored, by its columns: flags as numbers, JSON as text. */
export type PlainRow = Readonly<Record<string, string | number | null>>;

/** One statement, or a part of one; each `?` in it stands for one of the values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * One INSERT of all rows, which have the columns of the first; `ending` says what becomes of rows that are known already. For
 * many rows it takes a small part of the time that an entity's insert does.
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
  const all = rows.map((row) => `(${columns.map((column) => toPlaceholder(row[column])).join(', ')})`).join(', ');
  return { sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${all} ${suffix}`.trimEnd(), values };
}

const isStatement = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && 'sql' in value;

/** What a transaction does right before its commit. */
export interface Ending {
  readonly statements: Statement[];
  readonly withSequenceNumbers: Statement[];
}

/** The last row has the number that was counted up to. */
export const numbered = (rows: readonly PlainRow[], column: string, { sql, values }: Statement) =>
  rows.map((row, index) => ({ ...row, [column]: { sql: `${sql} - ${rows.length - 1 - index}`, values } }));
