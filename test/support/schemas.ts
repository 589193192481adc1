/** Looking at the schemas of the contract. */
import { type JsonSchema, type Operation, resolve } from '../../openapi/operations.ts';
import { contract } from '../../server/platform/contract.ts';

export interface Found {
  /** Where it stands, for the message of a failure. */
  readonly at: string;
  readonly schema: JsonSchema;
}

type Node = Readonly<Record<string, unknown>>;

const ONE = ['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else', 'contains'];
const MANY = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const NAMED = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema and every schema inside it; a `$ref` is not followed. */
export function* schemasWithin(schema: unknown, at: string): Generator<Found> {
  if (!isNode(schema)) return;
  yield { at, schema };
  for (const keyword of ONE) yield* schemasWithin(schema[keyword], `${at}/${keyword}`);
  for (const keyword of MANY) {
    for (const [index, inner] of ((schema[keyword] ?? []) as unknown[]).entries()) {
      yield* schemasWithin(inner, `${at}/${keyword}/${index}`);
    }
  }
  for (const keyword of NAMED) {
    for (const [name, inner] of Object.entries((schema[keyword] ?? {}) as Node)) {
      yield* schemasWithin(inner, `${at}/${keyword}/${name}`);
    }
  }
}

/** Every schema of the document: components, parameters, headers, bodies and answers. */
export function* schemasOf(value: unknown = contract, at = '#'): Generator<Found> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* schemasOf(item, `${at}/${index}`);
  if (!isNode(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const place = `${at}/${key}`;
    if (key === 'example' || key === 'examples') continue;
    if (key === 'schema') yield* schemasWithin(inner, place);
    else if (key === 'schemas')
      for (const [name, each] of Object.entries(inner as Node)) yield* schemasWithin(each, `${place}/${name}`);
    else yield* schemasOf(inner, place);
  }
}

/** The schema with every `$ref` replaced by what it names. No schema of the contract contains itself. */
export function inlined(schema: JsonSchema): JsonSchema {
  const walk = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(walk) : isNode(value) ? inlined(value) : value;
  return Object.fromEntries(Object.entries(resolve(contract, schema)).map(([key, value]) => [key, walk(value)]));
}

/** An operation as the document has it, with what `Operation` leaves out. */
export const rawOperation = ({ path, method }: Operation): Node => contract.paths[path]?.[method] as Node;

export interface Media {
  readonly schema: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown } | { readonly $ref: string }>>;
}

/** The body of requests, as the document has it. */
export const requestMedia = (operation: Operation): Media | undefined =>
  (rawOperation(operation)['requestBody'] as { content: Record<string, Media> } | undefined)?.content[
    'application/json'
  ];

export const examplesOf = ({ example, examples = {} }: Media): unknown[] => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples).map((each) => (resolve(contract, each) as { value: unknown }).value),
];

/** Whether one of the schema's types is `type`. */
export const isOfType = ({ type }: JsonSchema, ...types: string[]): boolean =>
  [type ?? []].flat().some((each) => types.includes(each as string));
