/** Column types that behave the same on SQLite, MySQL and MariaDB, and the conversion of rows between entity values and plain SQL. */
import type { EntitySchema, EntitySchemaColumnOptions, ObjectLiteral, ValueTransformer } from 'typeorm';
import type { PlainRow } from './sql.ts';

const asNumber: ValueTransformer = {
  to: (value: number | null) => value,
  from: (value: number | string | null) => (value === null ? null : Number(value)),
};

const asJson: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (text: string | null) => (text === null ? null : JSON.parse(text)),
};

const asBoolean: ValueTransformer = {
  to: (value: boolean) => (value ? 1 : 0),
  from: (value: number) => Number(value) === 1,
};

type ColumnOptions = Partial<EntitySchemaColumnOptions>;

/** An identifier: ASCII, compared byte by byte. */
export const id = (options: ColumnOptions = {}): EntitySchemaColumnOptions => ({
  type: 'varchar',
  length: 100,
  ...options,
});
export const shortString = (options: ColumnOptions = {}): EntitySchemaColumnOptions => ({
  type: 'varchar',
  length: 20,
  ...options,
});
export const string = (options: ColumnOptions = {}): EntitySchemaColumnOptions => ({
  type: 'varchar',
  length: 200,
  ...options,
});
export const text = (options: ColumnOptions = {}): EntitySchemaColumnOptions => ({ type: 'text', ...options });
/** A whole number up to 2^53 - 1. */
export const integer = (options: ColumnOptions = {}): EntitySchemaColumnOptions => ({
  type: 'bigint',
  transformer: asNumber,
  ...options,
});
/** Milliseconds since the epoch, because no server, time zone or driver converts a plain number. */
export const timestamp = (options: ColumnOptions = {}): EntitySchemaColumnOptions => integer(options);
export const double = (options: ColumnOptions = {}): EntitySchemaColumnOptions => ({ type: 'double', ...options });
export const boolean = (options: ColumnOptions = {}): EntitySchemaColumnOptions => ({
  type: 'smallint',
  transformer: asBoolean,
  ...options,
});
/** A JSON value stored as text, because the databases' JSON types may reorder keys. */
export const json = (options: ColumnOptions = {}): EntitySchemaColumnOptions => ({
  type: 'text',
  transformer: asJson,
  ...options,
});

/** Column types that TypeORM itself does not convert, so that the transformer is all there is to apply. */
const PLAIN_TYPES: ReadonlySet<unknown> = new Set(['varchar', 'text', 'bigint', 'double', 'smallint']);

/**
 * Converts rows with the transformers of the entity's own columns, so that plain SQL and TypeORM agree about every boolean
 * and JSON column.
 */
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
