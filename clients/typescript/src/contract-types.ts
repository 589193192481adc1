/** Short names for the types of the contract. */
import type { components, operations } from './generated/types.js';

export type Schemas = components['schemas'];
/** The query parameters of an operation. */
export type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;
