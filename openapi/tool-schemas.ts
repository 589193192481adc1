/**
 * The schemas of tools: those of the document, without what a model has no use for or a host of models refuses. Pure.
 * The server checks every call against the document itself, so nothing that is left out here is allowed by it.
 */
import { type Document, type JsonSchema, resolve } from './operations.ts';

/** What a model is told instead of the description; an empty one says that the name says it all. */
const BRIEF = 'x-mcp-description';

/** Longer texts are cut by no model's habit: only a limit that one may well hit is worth its place. */
const TELLING_LENGTH = 200;
const TELLING_NUMBER = 1_000_000;

/** Patterns of ids, sizes that nobody reaches, and what an open object may hold anyway. */
const MUTE = new Set([
  'description',
  BRIEF,
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
export function argumentSchema(document: Document, schema: JsonSchema): JsonSchema {
  return eachSchema(inlined(document, schema), (found) => {
    const { maxLength, maximum, minimum, type, enum: choices, additionalProperties, ...rest } = found;
    const brief = rest[BRIEF] ?? rest['description'];
    const kept = Object.entries(rest).filter(([keyword]) => !MUTE.has(keyword));
    return {
      type: Array.isArray(type) ? type.find((each) => each !== 'null') : type,
      ...(brief !== '' && { description: brief }),
      ...Object.fromEntries(kept),
      ...(Array.isArray(choices) && choicesOf(choices)),
      ...(found['pattern'] === undefined && isAtMost(maxLength, TELLING_LENGTH) && { maxLength }),
      ...(isAtMost(maximum, TELLING_NUMBER) && { minimum, maximum }),
      ...(additionalProperties instanceof Object && { additionalProperties }),
    };
  });
}

/** What a tool answers, for machines: without prose. */
export const answerSchema = (document: Document, schema: JsonSchema): JsonSchema =>
  eachSchema(inlined(document, schema), ({ description: _prose, [BRIEF]: _brief, ...rest }) => rest);

/** Gemini takes choices of text alone; of numbers the bounds are said. */
function choicesOf(choices: readonly unknown[]): JsonSchema {
  const numbers = choices.filter((choice) => typeof choice === 'number');
  if (numbers.length > 0) return { minimum: Math.min(...numbers), maximum: Math.max(...numbers) };
  return { enum: choices.filter((choice) => choice !== null) };
}

const isAtMost = (value: unknown, most: number): boolean => typeof value === 'number' && value <= most;

/** The schema with every `$ref` replaced by what it names, and nothing that is only for readers of the document. */
function inlined(document: Document, schema: JsonSchema, above: readonly string[] = []): JsonSchema {
  const reference = schema['$ref'] as string | undefined;
  if (reference && above.includes(reference)) throw new Error(`${reference} contains itself; a tool cannot show that`);
  const trail = reference ? [...above, reference] : above;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    return typeof value === 'object' && value !== null ? inlined(document, value as JsonSchema, trail) : value;
  };
  const found = resolve<JsonSchema>(document, schema);
  return Object.fromEntries(
    Object.entries(found)
      .filter(([keyword]) => keyword === BRIEF || !(keyword.startsWith('x-') || /^examples?$/.test(keyword)))
      .map(([keyword, value]) => [keyword, walk(value)]),
  );
}

/** Replaces a schema and, before that, every schema within it. Names of properties are no keywords. */
function eachSchema(schema: JsonSchema, replace: (schema: JsonSchema) => JsonSchema): JsonSchema {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    return typeof value === 'object' && value !== null ? eachSchema(value as JsonSchema, replace) : value;
  };
  const entries = Object.entries(schema).map(([keyword, value]) => [
    keyword,
    keyword === 'properties'
      ? Object.fromEntries(Object.entries(value as object).map(([name, property]) => [name, walk(property)]))
      : keyword === 'default' || keyword === 'enum'
        ? value
        : walk(value),
  ]);
  return replace(Object.fromEntries(entries));
}
