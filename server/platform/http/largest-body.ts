/** How many values the largest body has that a schema accepts. Pure. */
import { type JsonSchema, resolveRef } from '../../../openapi/operations.ts';
import { contract } from '../contract.ts';

/**
 * The commas, arrays and objects of the largest JSON text that is valid for the schema, at most; Infinity where the schema
 * sets no limit, as for settings of a program's own.
 */
export function countLargestMarks(schema: JsonSchema): number {
  const { properties, additionalProperties, items, maxItems, oneOf, anyOf, type } = resolveRef(contract, schema);
  const alternatives = [...listSchemas(oneOf), ...listSchemas(anyOf)].map(countLargestMarks);
  const types = [type].flat();
  if (types.includes('object') || properties !== undefined) {
    const fields = listSchemas(Object.values((properties ?? {}) as object));
    const isClosed = additionalProperties === false;
    alternatives.push(
      isClosed ? 1 + sum(fields.map((field) => 1 + countLargestMarks(field))) : Number.POSITIVE_INFINITY,
    );
  }
  if (types.includes('array')) {
    const each = 1 + countLargestMarks((items ?? {}) as JsonSchema);
    alternatives.push(1 + ((maxItems as number | undefined) ?? Number.POSITIVE_INFINITY) * each);
  }
  return Math.max(0, ...alternatives);
}

const listSchemas = (schemas: unknown): readonly JsonSchema[] => (Array.isArray(schemas) ? schemas : []);
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
