/** Short names for the types of the contract. */
import type { CallOptions } from './connection.js';
import type { components, operations } from './generated/types.js';

export type Schemas = components['schemas'];
export type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

export interface WriteOptions extends CallOptions {
  /** Write only if this is still the version of the state. */
  readonly version?: number;
}
