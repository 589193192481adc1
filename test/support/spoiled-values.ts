/** Every way in which a value can break its schema, as far as the schema's keywords tell. */
import type { JsonSchema } from '../../openapi/operations.ts';
import { isOfType } from './schemas.ts';

export interface SpoiledValue {
  readonly how: string;
  /** As JSON text. */
  json(): string;
}

type Path = readonly (string | number)[];
type Spoil = readonly [how: string, value: unknown];
type Schemas = Readonly<Record<string, JsonSchema>>;

/** What JSON can say and no JavaScript value can: put into the text in place of a mark. */
const RAW = { '1e400': '«1e400»', '-1e400': '«-1e400»' } as const;
const textOf = (value: unknown): string =>
  Object.entries(RAW).reduce((text, [raw, mark]) => text.replaceAll(`"${mark}"`, raw), JSON.stringify(value));

const OF_TYPE: Readonly<Record<string, unknown>> = {
  string: 'text',
  number: 1.5,
  boolean: true,
  object: {},
  array: [],
  null: null,
};

/** Each breach of the schema, set into a value that keeps to it. */
export function spoiledValues(schema: JsonSchema, valid: unknown): SpoiledValue[] {
  return breaches(schema, [], valid).map(({ path, how, value }) => ({
    how: `/${path.join('/')}: ${how}`,
    json: () => textOf(withValue(valid, path, value)),
  }));
}

interface Breach {
  readonly path: Path;
  readonly how: string;
  readonly value: unknown;
}

function breaches(schema: JsonSchema, path: Path, valid: unknown): Breach[] {
  const own = [
    ...wrongTypes(schema),
    ...strings(schema),
    ...numbers(schema),
    ...arrays(schema),
    ...objects(schema, valid),
  ];
  const properties = Object.entries((schema['properties'] ?? {}) as Schemas);
  const items = schema['items'] as JsonSchema | undefined;
  return [
    ...own.map(([how, value]) => ({ path, how, value })),
    ...properties.flatMap(([name, inner]) => breaches(inner, [...path, name], (valid as Schemas | undefined)?.[name])),
    ...(items ? breaches(items, [...path, 0], (valid as unknown[] | undefined)?.[0]) : []),
  ];
}

function wrongTypes(schema: JsonSchema): Spoil[] {
  if (schema['type'] === undefined) return [];
  const wrong = Object.entries(OF_TYPE).filter(([type]) => !isOfType(schema, type));
  return wrong.map(([type, value]) => [`is of the type ${type}`, value]);
}

function strings(schema: JsonSchema): Spoil[] {
  if (!isOfType(schema, 'string')) return [];
  const { maxLength, minLength, pattern, enum: values, format } = schema;
  return [
    ...(maxLength ? ([['is too long', 'a'.repeat(Number(maxLength) + 1)]] as Spoil[]) : []),
    ...(minLength ? ([['is empty', '']] as Spoil[]) : []),
    ...(pattern
      ? ['../x', 'a/b', ' a', 'ä', '', 'a\n'].map((text): Spoil => [`is ${JSON.stringify(text)}`, text])
      : []),
    ...(values ? ([['is none of the values', 'unheardOf']] as Spoil[]) : []),
    ...(format ? ([['has not the form', 'yesterday']] as Spoil[]) : []),
    ['has a lone surrogate', 'a\ud800'],
    ['has a NUL', 'a\0b'],
  ];
}

function numbers(schema: JsonSchema): Spoil[] {
  if (!isOfType(schema, 'number', 'integer')) return [];
  const { minimum, maximum } = schema as { minimum: number; maximum: number };
  const parts: Spoil[] = isOfType(schema, 'number') ? [] : [['is no whole number', minimum + 0.5]];
  const beyond: Spoil[] = [minimum - 1, maximum + 1, 1e300, -1e300].map((value) => [`is ${value}`, value]);
  return [...parts, ...beyond, ...Object.entries(RAW).map(([raw, mark]): Spoil => [`is ${raw}`, mark])];
}

function arrays(schema: JsonSchema): Spoil[] {
  if (!isOfType(schema, 'array')) return [];
  return [
    ['is too long', new Array(Number(schema['maxItems']) + 1).fill(null)],
    ['is full of lists', [[[]]]],
  ];
}

function objects(schema: JsonSchema, valid: unknown): Spoil[] {
  if (!isOfType(schema, 'object')) return [];
  const value = typeof valid === 'object' && valid !== null ? valid : {};
  const names = ['unheardOf', '__proto__', 'constructor', 'a/b~c', '', 'x'.repeat(5_000)];
  const {
    required = [],
    minProperties,
    maxProperties,
    additionalProperties,
  } = schema as { required?: string[] } & JsonSchema;
  const without = (name: string) => Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
  const spoils: Spoil[] = required.map((name) => [`lacks ${name}`, without(name)]);
  if (minProperties) spoils.push(['has no fields', {}]);
  if (additionalProperties === false) {
    spoils.push(
      ...names.map((name): Spoil => [`has the field ${name.slice(0, 20)}`, withField(value, name, { a: 1 })]),
    );
  } else {
    const many = Object.fromEntries(Array.from({ length: Number(maxProperties) + 1 }, (_, index) => [`f${index}`, 1]));
    spoils.push(['has too many fields', many], ['has a name that is too long', { ['x'.repeat(201)]: 1 }]);
    spoils.push(
      ['holds a number that is none', { a: [RAW['1e400']] }],
      ['holds a lone surrogate', { a: { b: '\udfff' } }],
    );
    spoils.push(['has a lone surrogate in a name', { '\ud800': 1 }], ['is nested too deep', nested(40)]);
  }
  return spoils;
}

const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });

/** Defines the field, so that `__proto__` is an ordinary one. */
const withField = (value: object, name: string, field: unknown): object =>
  Object.fromEntries([...Object.entries(value), [name, field]]);

function withValue(target: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') return [withValue(Array.isArray(target) ? target[0] : undefined, rest, value)];
  const object = typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {};
  const inner = (object as Readonly<Record<string, unknown>>)[step];
  return { ...object, [step]: withValue(inner, rest, value) };
}
