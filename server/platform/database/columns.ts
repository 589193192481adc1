/** Column types that mean the same on SQLite, MySQL and MariaDB. */
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

type Options = Partial<EntitySchemaColumnOptions>;

/** An identifier: ASCII, compared byte by byte. */
export const id = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'varchar', length: 100, ...options });
export const word = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'varchar', length: 20, ...options });
export const line = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'varchar',
  length: 200,
  ...options,
});
export const text = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'text', ...options });
/** A whole number up to 2^53 - 1. */
export const whole = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'bigint',
  transformer: asNumber,
  ...options,
});
/** An instant in milliseconds since the epoch: the one form that no server, zone or driver changes. */
export const moment = (options: Options = {}): EntitySchemaColumnOptions => whole(options);
export const real = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'double', ...options });
export const flag = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'smallint',
  transformer: asBoolean,
  ...options,
});
/** A JSON value kept as text, so that it comes back exactly as it went in. */
export const json = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'text',
  transformer: asJson,
  ...options,
});
