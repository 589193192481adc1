/**
 * The schemas of tools: those of the document, without keywords that models do not need or that some hosts of models reject.
 * The server still validates every call against the document, so leaving out a keyword allows nothing. Pure functions.
 */
import { type Document, type JsonSchema, resolveRef } from './operations.ts';

/** Replaces the description for models. An empty one means that the name says enough. */
const MCP_DESCRIPTION = 'x-mcp-description';

/** Only limits that a model may realistically reach are listed: every keyword costs context. */
const MAX_SHOWN_LENGTH = 200;
const MAX_SHOWN_NUMBER = 1_000_000;

/** Id patterns, conditions between fields, sizes that are not reached in practice, and constraints of open objects. */
const OMITTED_KEYWORDS = new Set([
  'description',
  MCP_DESCRIPTION,
  'pattern',
  'format',
  'if',
  'then',
  'else',
  'propertyNames',
  'minLength',
  'maxProperties',
  'maxItems',
  'minProperties',
]);

/**
 * The schema of an argument. Gemini rejects `type: [string, null]`, so a value that null clears is listed by its other type and
 * as `nullable`, the word that Gemini and OpenAPI 3.0 have for it. Other hosts pass it on to the model.
 */
export function toArgumentSchema(document: Document, schema: JsonSchema): JsonSchema {
  return mapSchema(inlineRefs(document, schema), (found) => {
    const { maxLength, maximum, minimum, type, enum: choices, additionalProperties, ...rest } = found;
    const brief = rest[MCP_DESCRIPTION] ?? rest['description'];
    const allowed = Object.entries(rest).filter(([keyword]) => !OMITTED_KEYWORDS.has(keyword));
    return {
      type: Array.isArray(type) ? type.find((each) => each !== 'null') : type,
      ...(Array.isArray(type) && type.includes('null') && { nullable: true }),
      ...(brief !== '' && { description: brief }),
      ...Object.fromEntries(allowed),
      ...(Array.isArray(choices) && toEnumSchema(choices)),
      ...(found['pattern'] === undefined && isAtMost(maxLength, MAX_SHOWN_LENGTH) && { maxLength }),
      ...(isAtMost(maximum, MAX_SHOWN_NUMBER) && { minimum, maximum }),
      ...(additionalProperties instanceof Object && { additionalProperties }),
    };
  });
}

/** The schema of a tool's result, without descriptions. */
export const toResultSchema = (document: Document, schema: JsonSchema): JsonSchema =>
  mapSchema(inlineRefs(document, schema), ({ description: _prose, [MCP_DESCRIPTION]: _brief, ...rest }) => rest);

/** Gemini accepts enums of strings only; an enum of numbers becomes a range. */
function toEnumSchema(choices: readonly unknown[]): JsonSchema {
  const numbers = choices.filter((choice) => typeof choice === 'number');
  if (numbers.length > 0) return { minimum: Math.min(...numbers), maximum: Math.max(...numbers) };
  return { enum: choices.filter((choice) => choice !== null) };
}

const isAtMost = (value: unknown, max: number): boolean => typeof value === 'number' && value <= max;

/** The schema with every `$ref` replaced by its target, and without examples and extensions. */
function inlineRefs(document: Document, schema: JsonSchema, ancestors: readonly string[] = []): JsonSchema {
  const reference = schema['$ref'] as string | undefined;
  if (reference && ancestors.includes(reference))
    throw new Error(`${reference} is recursive, which a tool schema cannot express`);
  const refPath = reference ? [...ancestors, reference] : ancestors;
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    return typeof value === 'object' && value !== null ? inlineRefs(document, value as JsonSchema, refPath) : value;
  };
  const found = resolveRef<JsonSchema>(document, schema);
  return Object.fromEntries(
    Object.entries(found)
      .filter(([keyword]) => keyword === MCP_DESCRIPTION || !(keyword.startsWith('x-') || /^examples?$/.test(keyword)))
      .map(([keyword, value]) => [keyword, visit(value)]),
  );
}

/** Applies `replace` to every schema within a schema, innermost first. Names of properties are not treated as keywords. */
function mapSchema(schema: JsonSchema, replace: (schema: JsonSchema) => JsonSchema): JsonSchema {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    return typeof value === 'object' && value !== null ? mapSchema(value as JsonSchema, replace) : value;
  };
  const entries = Object.entries(schema).map(([keyword, value]) => [
    keyword,
    keyword === 'properties'
      ? Object.fromEntries(Object.entries(value as object).map(([name, property]) => [name, visit(property)]))
      : keyword === 'default' || keyword === 'enum'
        ? value
        : visit(value),
  ]);
  return replace(Object.fromEntries(entries));
}
