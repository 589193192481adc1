import type { Operation } from '../../openapi/operations.ts';

/** The maximum body size of the operation; imports accept more than the others. */
export const maxBodyBytes = ({ operationId }: Operation): number =>
  operationId === 'importState' ? 4 * 1024 * 1024 : 256 * 1024;
