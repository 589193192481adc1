/** Requests that the contract lets through. */
import type { Operation } from '../../openapi/operations.ts';
import { type Cast, targetOf } from './example-requests.ts';
import { inlined } from './schemas.ts';
import { bearer } from './send.ts';
import type { ValidRequest } from './spoiled-requests.ts';
import { validValue } from './valid-values.ts';

/** The same in every run, so that a failure can be seen again. */
export const SEED = 20260224;

/** Made from the seed alone, aimed at what the cast has made. */
export function validRequest(
  operation: Operation,
  { things }: Cast,
  seed: number,
  key: string | undefined,
): ValidRequest {
  const value = operation.body ? validValue(inlined(operation.body.schema), seed) : undefined;
  return {
    method: operation.method.toUpperCase(),
    path: targetOf(operation, things),
    headers: { ...(key && bearer(key)), ...(operation.body && { 'content-type': 'application/json' }) },
    ...(operation.body && { value, body: JSON.stringify(value) }),
  };
}

/** Some of the query parameters that need not be sent. */
export function validQuery({ parameters }: Operation, seed: number): string {
  const chosen = parameters.filter((each, index) => each.in === 'query' && !each.required && (seed >> index) % 2 === 0);
  const pairs = chosen.map(({ name, schema }): [string, string] => [name, String(validValue(inlined(schema), seed))]);
  return String(new URLSearchParams(pairs));
}
