/** Random valid requests. */
import type { Operation } from '../../openapi/operations.ts';
import { buildRequestTarget, type ContractFixtures } from './contract-fixtures.ts';
import type { ValidRequest } from './invalid-requests.ts';
import { bearer } from './raw-request.ts';
import { inlineRefs } from './schemas.ts';
import { generateValidValue } from './valid-values.ts';

/** Fixed, so that a failure is reproducible. */
export const SEED = 20260224;

/** They name what does not exist: other operations need the rest. */
const REMOVALS = ['removeProgram', 'removeAccount'];

/** Derived from the seed alone, with the ids of the fixtures. */
export function buildValidRequest(
  operation: Operation,
  { pathParameters }: ContractFixtures,
  seed: number,
  key: string | undefined,
): ValidRequest {
  const value = operation.body ? generateValidValue(inlineRefs(operation.body.schema), seed) : undefined;
  return {
    method: operation.method.toUpperCase(),
    path: buildRequestTarget(operation, REMOVALS.includes(operation.operationId) ? {} : pathParameters),
    headers: { ...(key && bearer(key)), ...(operation.body && { 'content-type': 'application/json' }) },
    ...(operation.body && { value, body: JSON.stringify(value) }),
  };
}

/** Some of the optional query parameters. */
export function buildValidQuery({ parameters }: Operation, seed: number): string {
  const chosen = parameters.filter((each, index) => each.in === 'query' && !each.required && (seed >> index) % 2 === 0);
  const pairs = chosen.map(({ name, schema }): [string, string] => [
    name,
    // A request that waits takes as many seconds as it says; test/behaviour/questions has one.
    name === 'wait' ? '0' : String(generateValidValue(inlineRefs(schema), seed)),
  ]);
  return String(new URLSearchParams(pairs));
}
