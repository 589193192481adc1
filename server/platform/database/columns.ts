/** Column types that behave the same on SQLite, MySQL and MariaDB. */
import type { EntitySchemaColumnOptions, ValueTransformer } from 'typeorm';

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
