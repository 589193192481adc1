/** Random values that match a schema of the contract. */
import { generateSync } from 'json-schema-faker';
import type { JsonSchema } from '../../openapi/operations.ts';
import { hasType } from './schemas.ts';

/** Unusual but valid text. */
const UNUSUAL_TEXTS = [
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

/** The same seed gives the same value. Arrays and free-form objects are short. */
export function generateValidValue(schema: JsonSchema, seed: number): unknown {
  return withUnusualTexts(schema, generateValue(withSizeLimits(schema), seed), seed);
}

function generateValue(schema: JsonSchema, seed: number): unknown {
  try {
    return generateSync(schema, { seed, optionalsProbability: ((seed % 4) + 1) / 4 });
  } catch {
    // The generator can't make a non-empty object from optional fields alone: then all fields are set.
    return generateSync(schema, { seed, alwaysFakeOptionals: true });
  }
}

const SIZE_LIMITS: Readonly<Record<string, number>> = { maxItems: 3, maxProperties: 3, maxLength: 40 };

function withSizeLimits(schema: JsonSchema): JsonSchema {
  const limitValue = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(limitValue)
      : typeof value === 'object' && value !== null
        ? withSizeLimits(value as JsonSchema)
        : value;
  const entries = Object.entries(schema).map(([key, value]) => {
    const limit = typeof value === 'number' ? SIZE_LIMITS[key] : undefined;
    return [key, limit === undefined ? limitValue(value) : Math.min(limit, value as number)];
  });
  return Object.fromEntries(entries);
}

/** Replaces some free texts by unusual ones or ones of maximum length. */
function withUnusualTexts(schema: JsonSchema, value: unknown, seed: number): unknown {
  // Nothing listens there: tests must not send anything beyond this machine.
  if (typeof value === 'string' && schema['format'] === 'uri') return `http://127.0.0.1:1025/${seed}`;
  if (typeof value === 'string' && isFreeText(schema)) {
    const text = UNUSUAL_TEXTS[seed % (UNUSUAL_TEXTS.length * 2)];
    return text === undefined ? value : seed % 7 === 0 ? '😀'.repeat(Number(schema['maxLength'])) : text;
  }
  if (Array.isArray(value))
    return value.map((item, index) => withUnusualTexts(getSubschema(schema, 'items'), item, seed + index));
  if (typeof value !== 'object' || value === null) return value;
  const properties = getSubschema(schema, 'properties');
  return Object.fromEntries(
    Object.entries(value).map(([name, each], index) => [
      name,
      withUnusualTexts(getSubschema(properties, name), each, seed + index),
    ]),
  );
}

const isFreeText = (schema: JsonSchema): boolean =>
  hasType(schema, 'string') && !['pattern', 'enum', 'format', 'const'].some((keyword) => keyword in schema);

const getSubschema = (schema: JsonSchema, name: string): JsonSchema => (schema[name] ?? {}) as JsonSchema;
