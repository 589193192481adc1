/** Finds the schemas of the contract. */
import { type JsonSchema, type Operation, resolveRef } from '../../openapi/operations.ts';
import { contract } from '../../server/platform/contract.ts';

export interface LocatedSchema {
  /** Its location, for failure messages. */
  readonly at: string;
  readonly schema: JsonSchema;
}

type Node = Readonly<Record<string, unknown>>;

const SCHEMA_KEYWORDS = ['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else', 'contains'];
const SCHEMA_LIST_KEYWORDS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const SCHEMA_MAP_KEYWORDS = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema and every schema inside it; a `$ref` is not followed. */
export function* walkSchema(schema: unknown, at: string): Generator<LocatedSchema> {
  if (!isNode(schema)) return;
  yield { at, schema };
  for (const keyword of SCHEMA_KEYWORDS) yield* walkSchema(schema[keyword], `${at}/${keyword}`);
  for (const keyword of SCHEMA_LIST_KEYWORDS) {
    for (const [index, inner] of ((schema[keyword] ?? []) as unknown[]).entries()) {
      yield* walkSchema(inner, `${at}/${keyword}/${index}`);
    }
  }
  for (const keyword of SCHEMA_MAP_KEYWORDS) {
    for (const [name, inner] of Object.entries((schema[keyword] ?? {}) as Node)) {
      yield* walkSchema(inner, `${at}/${keyword}/${name}`);
    }
  }
}

/** Every schema of the document: components, parameters, headers, bodies and answers. */
export function* walkAllSchemas(value: unknown = contract, at = '#'): Generator<LocatedSchema> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* walkAllSchemas(item, `${at}/${index}`);
  if (!isNode(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const location = `${at}/${key}`;
    if (key === 'example' || key === 'examples') continue;
    if (key === 'schema') yield* walkSchema(inner, location);
    else if (key === 'schemas')
      for (const [name, each] of Object.entries(inner as Node)) yield* walkSchema(each, `${location}/${name}`);
    else yield* walkAllSchemas(inner, location);
  }
}

/** The schema with every `$ref` resolved. No schema of the contract is recursive. */
export function inlineRefs(schema: JsonSchema): JsonSchema {
  const inlineValue = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(inlineValue) : isNode(value) ? inlineRefs(value) : value;
  return Object.fromEntries(
    Object.entries(resolveRef(contract, schema)).map(([key, value]) => [key, inlineValue(value)]),
  );
}

/** An operation as the document has it, with what `Operation` leaves out. */
export const rawOperation = ({ path, method }: Operation): Node => contract.paths[path]?.[method] as Node;

export interface MediaType {
  readonly schema: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown } | { readonly $ref: string }>>;
}

/** The body of requests, as the document has it. */
export const requestMedia = (operation: Operation): MediaType | undefined =>
  (rawOperation(operation)['requestBody'] as { content: Record<string, MediaType> } | undefined)?.content[
    'application/json'
  ];

export const getExamples = ({ example, examples = {} }: MediaType): unknown[] => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples).map((each) => (resolveRef(contract, each) as { value: unknown }).value),
];

/** Whether one of the schema's types is `type`. */
export const hasType = ({ type }: JsonSchema, ...types: string[]): boolean =>
  [type ?? []].flat().some((each) => types.includes(each as string));
