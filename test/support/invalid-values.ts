/** Every violation of a schema that can be derived from its keywords. */
import type { JsonSchema } from '../../openapi/operations.ts';
import { hasType } from './schemas.ts';

export interface InvalidValue {
  readonly description: string;
  /** As JSON text. */
  json(): string;
}

type Path = readonly (string | number)[];
type DescribedValue = readonly [description: string, value: unknown];
type Schemas = Readonly<Record<string, JsonSchema>>;

/** JSON text that no JavaScript value serialises to: replaces a placeholder in the text. */
const RAW_NUMBERS = { '1e400': '«1e400»', '-1e400': '«-1e400»' } as const;
const toJsonText = (value: unknown): string =>
  Object.entries(RAW_NUMBERS).reduce((text, [raw, mark]) => text.replaceAll(`"${mark}"`, raw), JSON.stringify(value));

const SAMPLE_OF_TYPE: Readonly<Record<string, unknown>> = {
  string: 'text',
  number: 1.5,
  boolean: true,
  object: {},
  array: [],
  null: null,
};

/** Each violation of the schema, inserted into a valid value. */
export function invalidValues(schema: JsonSchema, valid: unknown): InvalidValue[] {
  return listViolations(schema, [], valid).map(({ path, description, value }) => ({
    description: `/${path.join('/')}: ${description}`,
    json: () => toJsonText(withValue(valid, path, value)),
  }));
}

interface SchemaViolation {
  readonly path: Path;
  readonly description: string;
  readonly value: unknown;
}

function listViolations(schema: JsonSchema, path: Path, valid: unknown): SchemaViolation[] {
  const own = [
    ...typeViolations(schema),
    ...stringViolations(schema),
    ...numberViolations(schema),
    ...arrayViolations(schema),
    ...objectViolations(schema, valid),
  ];
  const properties = Object.entries((schema['properties'] ?? {}) as Schemas);
  const items = schema['items'] as JsonSchema | undefined;
  return [
    ...own.map(([description, value]) => ({ path, description, value })),
    ...properties.flatMap(([name, inner]) =>
      listViolations(inner, [...path, name], (valid as Schemas | undefined)?.[name]),
    ),
    ...(items ? listViolations(items, [...path, 0], (valid as unknown[] | undefined)?.[0]) : []),
  ];
}

function typeViolations(schema: JsonSchema): DescribedValue[] {
  if (schema['type'] === undefined) return [];
  const wrong = Object.entries(SAMPLE_OF_TYPE).filter(([type]) => !hasType(schema, type));
  return wrong.map(([type, value]) => [`is of the type ${type}`, value]);
}

function stringViolations(schema: JsonSchema): DescribedValue[] {
  if (!hasType(schema, 'string')) return [];
  const { maxLength, minLength, pattern, enum: values, format } = schema;
  return [
    ...(maxLength ? ([['is too long', 'a'.repeat(Number(maxLength) + 1)]] as DescribedValue[]) : []),
    ...(minLength ? ([['is empty', '']] as DescribedValue[]) : []),
    ...(pattern
      ? ['../x', 'a/b', ' a', 'ä', '', 'a\n'].map((text): DescribedValue => [`is ${JSON.stringify(text)}`, text])
      : []),
    ...(values ? ([['is none of the values', 'unheardOf']] as DescribedValue[]) : []),
    ...(format ? ([['has not the form', 'yesterday']] as DescribedValue[]) : []),
    ['has a lone surrogate', 'a\ud800'],
    ['has a NUL', 'a\0b'],
  ];
}

function numberViolations(schema: JsonSchema): DescribedValue[] {
  if (!hasType(schema, 'number', 'integer')) return [];
  const { minimum, maximum } = schema as { minimum: number; maximum: number };
  const parts: DescribedValue[] = hasType(schema, 'number') ? [] : [['is no whole number', minimum + 0.5]];
  const beyond: DescribedValue[] = [minimum - 1, maximum + 1, 1e300, -1e300].map((value) => [`is ${value}`, value]);
  return [
    ...parts,
    ...beyond,
    ...Object.entries(RAW_NUMBERS).map(([raw, mark]): DescribedValue => [`is ${raw}`, mark]),
  ];
}

function arrayViolations(schema: JsonSchema): DescribedValue[] {
  if (!hasType(schema, 'array')) return [];
  return [
    ['is too long', new Array(Number(schema['maxItems']) + 1).fill(null)],
    ['is full of lists', [[[]]]],
  ];
}

function objectViolations(schema: JsonSchema, valid: unknown): DescribedValue[] {
  if (!hasType(schema, 'object')) return [];
  const value = typeof valid === 'object' && valid !== null ? valid : {};
  const names = ['unheardOf', '__proto__', 'constructor', 'a/b~c', '', 'x'.repeat(5_000)];
  const {
    required = [],
    minProperties,
    maxProperties,
    additionalProperties,
  } = schema as { required?: string[] } & JsonSchema;
  const withoutField = (name: string) => Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
  const violations: DescribedValue[] = required.map((name) => [`lacks ${name}`, withoutField(name)]);
  if (minProperties) violations.push(['has no fields', {}]);
  if (additionalProperties === false) {
    violations.push(
      ...names.map((name): DescribedValue => [`has the field ${name.slice(0, 20)}`, withField(value, name, { a: 1 })]),
    );
  } else {
    const many = Object.fromEntries(Array.from({ length: Number(maxProperties) + 1 }, (_, index) => [`f${index}`, 1]));
    violations.push(['has too many fields', many], ['has a name that is too long', { ['x'.repeat(201)]: 1 }]);
    violations.push(
      ['holds a number that is none', { a: [RAW_NUMBERS['1e400']] }],
      ['holds a lone surrogate', { a: { b: '\udfff' } }],
    );
    violations.push(
      ['has a lone surrogate in a name', { '\ud800': 1 }],
      ['is nested too deep', createNestedObject(40)],
    );
  }
  return violations;
}

const createNestedObject = (depth: number): object => (depth === 0 ? {} : { a: createNestedObject(depth - 1) });

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
