/** Values that keep to a schema of the contract. */
import { generateSync } from 'json-schema-faker';
import type { JsonSchema } from '../../openapi/operations.ts';
import { isOfType } from './schemas.ts';

/** Text that somebody will send one day. */
const ODD = [
  "'; DROP TABLE sessions; --",
  '😀',
  '%_\\',
  '\u202eabc',
  ' a ',
  'é',
  '\ufffd',
  '"',
  '\t\n',
  '{{a}}',
  '<script>',
];

/** Made from the seed alone: the same seed gives the same value. Lists and free objects stay short. */
export function validValue(schema: JsonSchema, seed: number): unknown {
  return withOddTexts(schema, generated(tamed(schema), seed), seed);
}

function generated(schema: JsonSchema, seed: number): unknown {
  try {
    return generateSync(schema, { seed, optionalsProbability: ((seed % 4) + 1) / 4 });
  } catch {
    // The generator gives up on an object that must not be empty and came out empty: then it makes every field.
    return generateSync(schema, { seed, alwaysFakeOptionals: true });
  }
}

const LIMITS: Readonly<Record<string, number>> = { maxItems: 3, maxProperties: 3, maxLength: 40 };

function tamed(schema: JsonSchema): JsonSchema {
  const walk = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(walk)
      : typeof value === 'object' && value !== null
        ? tamed(value as JsonSchema)
        : value;
  const entries = Object.entries(schema).map(([key, value]) => {
    const limit = typeof value === 'number' ? LIMITS[key] : undefined;
    return [key, limit === undefined ? walk(value) : Math.min(limit, value as number)];
  });
  return Object.fromEntries(entries);
}

/** Some of the free texts become odd ones, or as long as they may be. */
function withOddTexts(schema: JsonSchema, value: unknown, seed: number): unknown {
  // Where nobody listens: no test may send anything beyond this machine.
  if (typeof value === 'string' && schema['format'] === 'uri') return `http://127.0.0.1:1/${seed}`;
  if (typeof value === 'string' && isFreeText(schema)) {
    const text = ODD[seed % (ODD.length * 2)];
    return text === undefined ? value : seed % 7 === 0 ? '😀'.repeat(Number(schema['maxLength'])) : text;
  }
  if (Array.isArray(value)) return value.map((item, index) => withOddTexts(inner(schema, 'items'), item, seed + index));
  if (typeof value !== 'object' || value === null) return value;
  const properties = inner(schema, 'properties');
  return Object.fromEntries(
    Object.entries(value).map(([name, each], index) => [
      name,
      withOddTexts(inner(properties, name), each, seed + index),
    ]),
  );
}

const isFreeText = (schema: JsonSchema): boolean =>
  isOfType(schema, 'string') && !['pattern', 'enum', 'format', 'const'].some((keyword) => keyword in schema);

const inner = (schema: JsonSchema, name: string): JsonSchema => (schema[name] ?? {}) as JsonSchema;
