/** Short names for the types of the contract. */
import type { components, operations, paths } from './generated/types.js';

export type Schemas = components['schemas'];
/** The query parameters of an operation. */
export type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

/** With ids as plain text: openapi-fetch's types would make an object of an `Id`. */
type Plain<T> = T extends string
  ? string extends T
    ? string
    : T
  : T extends object
    ? { [Key in keyof T]: Plain<T[Key]> }
    : T;
/** The paths of the contract as openapi-fetch takes them. */
export type PlainPaths = Plain<paths>;
