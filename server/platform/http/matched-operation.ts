/** The operation that the contract validator found for a request. */
import type { Request } from 'express';
import type { OperationId } from '../operations.ts';

export interface MatchedOperation {
  readonly schema: { readonly operationId: OperationId };
  /** The path as the contract writes it, for example `/v1/tasks/{taskId}`. */
  readonly openApiRoute: string;
  /** Path parameters, validated and converted. The check of responses parses them again as text and restores these. */
  pathParams: Readonly<Record<string, string>>;
}

/** The operation of a validated request; undefined before validation and where no path and method match. */
export const getMatchedOperation = (request: Request): MatchedOperation | undefined =>
  (request as Request & { readonly openapi?: MatchedOperation }).openapi;
