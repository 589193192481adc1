import type { Operation } from '../../openapi/operations.ts';

/** The maximum body size of the operation: imports accept more than the others, and little is accepted without a key. */
export const maxBodyBytes = ({ operationId, roles }: Operation): number =>
  operationId === 'importState' ? 4 * 1024 * 1024 : roles === null ? 16 * 1024 : 256 * 1024;
