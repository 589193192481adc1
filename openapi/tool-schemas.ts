/**
 * The schemas of tools: those of the document, without what a model has no use for or a host of models refuses. Pure.
 * The server checks every call against the document itself, so nothing that is left out here is allowed by it.
 */
import { type Document, type JsonSchema, resolveRef } from './operations.ts';

/** What a model is told instead of the description; an empty one says that the name says it all. */
const MCP_DESCRIPTION = 'x-mcp-description';

/** Longer texts are cut by no model's habit: only a limit that one may well hit is worth its place. */
const MAX_SHOWN_LENGTH = 200;
const MAX_SHOWN_NUMBER = 1_000_000;

/** Patterns of ids, sizes that nobody reaches, and what an open object may hold anyway. */
const OMITTED_KEYWORDS = new Set([
  'description',
  MCP_DESCRIPTION,
  'pattern',
  'format',
  'propertyNames',
  'minLength',
  'maxProperties',
  'maxItems',
  'minProperties',
]);

/**
 * An argument as a model sees it. Gemini refuses `type: [string, null]`, so one type is left of such a pair: a null is
 * still taken where the document has it.
 */
export function toArgumentSchema(document: Document, schema: JsonSchema): JsonSchema {
  return mapSchema(inlineRefs(document, schema), (found) => {
    const { maxLength, maximum, minimum, type, enum: choices, additionalProperties, ...rest } = found;
    const brief = rest[MCP_DESCRIPTION] ?? rest['description'];
    const kept = Object.entries(rest).filter(([keyword]) => !OMITTED_KEYWORDS.has(keyword));
    return {
      type: Array.isArray(type) ? type.find((each) => each !== 'null') : type,
      ...(brief !== '' && { description: brief }),
      ...Object.fromEntries(kept),
      ...(Array.isArray(choices) && toEnumSchema(choices)),
      ...(found['pattern'] === undefined && isAtMost(maxLength, MAX_SHOWN_LENGTH) && { maxLength }),
      ...(isAtMost(maximum, MAX_SHOWN_NUMBER) && { minimum, maximum }),
      ...(additionalProperties instanceof Object && { additionalProperties }),
    };
  });
}

/** What a tool answers, for machines: without prose. */
export const toResultSchema = (document: Document, schema: JsonSchema): JsonSchema =>
  mapSchema(inlineRefs(document, schema), ({ description: _prose, [MCP_DESCRIPTION]: _brief, ...rest }) => rest);

/** Gemini takes choices of text alone; of numbers the bounds are said. */
function toEnumSchema(choices: readonly unknown[]): JsonSchema {
  const numbers = choices.filter((choice) => typeof choice === 'number');
  if (numbers.length > 0) return { minimum: Math.min(...numbers), maximum: Math.max(...numbers) };
  return { enum: choices.filter((choice) => choice !== null) };
}

const isAtMost = (value: unknown, max: number): boolean => typeof value === 'number' && value <= max;

/** The schema with every `$ref` replaced by what it names, and nothing that is only for readers of the document. */
function inlineRefs(document: Document, schema: JsonSchema, ancestors: readonly string[] = []): JsonSchema {
  const reference = schema['$ref'] as string | undefined;
  if (reference && ancestors.includes(reference))
    throw new Error(`${reference} contains itself; a tool cannot show that`);
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

/** Replaces a schema and, before that, every schema within it. Names of properties are no keywords. */
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
