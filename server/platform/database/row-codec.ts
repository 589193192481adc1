/**
 * Converts rows between entity values and plain SQL with the transformers of the entity's own columns, so that plain SQL and
 * TypeORM agree about every boolean and JSON column.
 */
import type { EntitySchema, ObjectLiteral, ValueTransformer } from 'typeorm';
import type { PlainRow } from './sql.ts';

/** Column types that TypeORM itself does not convert, so that the transformer (columns.ts) is all there is to apply. */
const PLAIN_TYPES: ReadonlySet<unknown> = new Set(['varchar', 'text', 'bigint', 'double', 'smallint']);

export interface RowCodec<Row extends ObjectLiteral> {
  /** The columns, in the entity's order. */
  readonly columns: readonly (keyof Row & string)[];
  /** Converts a row to its stored form: booleans as numbers, JSON as text. */
  toPlain(row: Row): PlainRow;
  /** Converts a row of a SELECT, with all or some of the columns, to entity values. */
  fromPlain<Column extends keyof Row = keyof Row>(plain: Readonly<Record<Column, unknown>>): Pick<Row, Column>;
}

/** Throws for a column whose conversion TypeORM does beyond its transformer. */
export function createRowCodec<Row extends ObjectLiteral>(entity: EntitySchema<Row>): RowCodec<Row> {
  const transformers: [column: string, transformer: ValueTransformer][] = [];
  for (const [column, options] of Object.entries(entity.options.columns)) {
    const { name = column, type, transformer } = options ?? {};
    if (name !== column || !PLAIN_TYPES.has(type) || Array.isArray(transformer))
      throw new Error(`${entity.options.name}.${column} can only be read and written by TypeORM`);
    if (transformer) transformers.push([column, transformer]);
  }
  return {
    columns: Object.keys(entity.options.columns) as (keyof Row & string)[],
    toPlain: (row) => {
      const plain: Record<string, string | number | null> = { ...row };
      for (const [column, { to }] of transformers) plain[column] = to(plain[column]);
      return plain;
    },
    fromPlain: (plain) => {
      const row: Record<string, unknown> = { ...plain };
      for (const [column, { from }] of transformers) {
        const value = row[column];
        if (value === undefined) continue;
        // Runs for every heartbeat, and most values are unchanged: comparing is cheaper than assigning.
        const converted = from(value);
        if (converted !== value) row[column] = converted;
      }
      return row as never;
    },
  };
}
