/**
 * Converts rows between an entity's values and plain SQL. The conversions are those of the entity's own columns, so plain SQL
 * and TypeORM cannot disagree: a new boolean or JSON column comes back as such on both ways.
 */
import type { EntitySchema, ObjectLiteral, ValueTransformer } from 'typeorm';
import type { PlainRow } from './sql.ts';

/** The types that TypeORM leaves to the column's transformer (columns.ts). It converts other types itself. */
const PLAIN_TYPES: ReadonlySet<unknown> = new Set(['varchar', 'text', 'bigint', 'double', 'smallint']);

export interface RowCodec<Row extends ObjectLiteral> {
  /** The columns of the table, in the order of the entity. */
  readonly columns: readonly (keyof Row & string)[];
  /** The row as it is stored: booleans as numbers, JSON as text. */
  toPlain(row: Row): PlainRow;
  /** The values of a row, or of some of its columns, from what a SELECT returned. */
  fromPlain<Column extends keyof Row = keyof Row>(plain: Readonly<Record<Column, unknown>>): Pick<Row, Column>;
}

/** Throws for a column that needs more than its transformer. */
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
        // Most values need no conversion, and this runs for every heartbeat: a store costs more than the comparison.
        const converted = from(value);
        if (converted !== value) row[column] = converted;
      }
      return row as never;
    },
  };
}
