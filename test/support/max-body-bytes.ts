import type { Operation } from '../../openapi/operations.ts';

/** How many bytes a body of the operation may have: a whole state may be larger than anything else. */
export const maxBodyBytes = ({ operationId }: Operation): number =>
  operationId === 'importState' ? 4 * 1024 * 1024 : 256 * 1024;
