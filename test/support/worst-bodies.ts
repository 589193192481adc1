/** Bodies that are as much work as one can make for a server, by the size that they may have. */
import type { JsonSchema, Operation } from '../../openapi/operations.ts';
import { inlineRefs } from './schemas.ts';

interface WorstBody {
  readonly description: string;
  readonly json: string;
}

/** Every one has about `size` bytes, and never more. Made for the operation: its own lists, objects and texts are filled. */
export function* worstBodies({ body }: Operation, size: number): Generator<WorstBody> {
  for (const [description, fill] of FILLS) yield { description: `the body: ${description}`, json: fill(size) };
  for (const { steps, schema } of listFillableFields(inlineRefs(body?.schema ?? {}))) {
    const before = steps.map((step) => `{${JSON.stringify(step)}:`).join('');
    const after = '}'.repeat(steps.length);
    const fills = [...FILLS, ...listSchemaFills(schema)];
    for (const [description, fill] of fills)
      yield {
        description: `${steps.join('.')}: ${description}`,
        json: `${before}${fill(size - before.length - after.length)}${after}`,
      };
  }
}

type Fill = (size: number) => string;

/** As many of these as fit, made with their number, between two brackets. */
const many =
  (open: string, close: string, item: (index: number) => string): Fill =>
  (size) => {
    const items: string[] = [];
    let left = size - open.length - close.length;
    for (let index = 0; ; index += 1) {
      const next = item(index);
      left -= next.length + 1;
      if (left < 0) return `${open}${items.join(',')}${close}`;
      items.push(next);
    }
  };

const list = (item: (index: number) => string): Fill => many('[', ']', item);
const object = (field: (index: number) => string): Fill => many('{', '}', field);
const nested =
  (open: string, inner: string, close: string): Fill =>
  (size) => {
    const depth = Math.max(0, Math.floor((size - inner.length) / (open.length + close.length)));
    return `${open.repeat(depth)}${inner}${close.repeat(depth)}`;
  };
const text =
  (piece: string): Fill =>
  (size) =>
    `"${piece.repeat(Math.max(0, Math.floor((size - 2) / piece.length)))}"`;

const FILLS: readonly (readonly [string, Fill])[] = [
  ['a list of numbers', list(() => '1')],
  ['a list of empty lists', list(() => '[]')],
  ['a list of empty objects', list(() => '{}')],
  ['a list of unlike objects', list((index) => `{"a${index}":${index}}`)],
  ['a list of unlike texts', list((index) => `"${index}"`)],
  ['unknown fields', object((index) => `"f${index}":1`)],
  ['unknown objects', object((index) => `"${index}":{}`)],
  ['one field again and again', object(() => '"a":1')],
  ['names that a pointer must escape', object((index) => `"~/${index}":1`)],
  ['lists in lists', nested('[', '', ']')],
  ['objects in objects', nested('{"a":', '1', '}')],
  ['lists that do not end', (size) => '['.repeat(size)],
  ['a long text', text('x')],
  ['a text of escapes', text('\\u00e9')],
  ['a text beyond 16 bits', text('\\ud83d\\ude00')],
  ['lone surrogates at the end', (size) => `"${'x'.repeat(size - 8)}\\ud800"`],
  ['many lone surrogates', list(() => '"\\ud800"')],
  ['a long number', (size) => '1'.repeat(size)],
  ['numbers beyond all', list(() => '1e999')],
];

/** What only makes sense for a schema. */
function listSchemaFills(schema: JsonSchema): (readonly [string, Fill])[] {
  const items = schema['items'] as JsonSchema | undefined;
  if (!items) return [];
  const id = (index: number | string) => JSON.stringify(createExample(items, index));
  return [
    ['too many right items', list(id)],
    ['one right item again and again', list(() => id('same'))],
    ['many wrong items', list(() => JSON.stringify({ id: '', domain: '', pattern: '', confidence: 9, evidence: 1 }))],
  ];
}

function createExample(schema: JsonSchema, index: number | string): unknown {
  const type = [schema['type']].flat()[0];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (type === 'string') return schema['format'] === 'date-time' ? '2026-02-24T10:30:00.000Z' : `t${index}`;
  if (type === 'number' || type === 'integer') return 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [];
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, createExample(inner, index)]));
}

interface Place {
  readonly steps: readonly string[];
  readonly schema: JsonSchema;
}

/** The fields of a schema, and theirs, that can be large. */
function* listFillableFields(schema: JsonSchema, steps: readonly string[] = []): Generator<Place> {
  for (const [name, inner] of Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)) {
    const place = { steps: [...steps, name], schema: inner };
    const types = [inner['type']].flat();
    if (types.includes('array') || types.includes('object') || (steps.length === 0 && types.includes('string')))
      yield place;
    yield* listFillableFields(inner, place.steps);
  }
}
