/** The fields of a schema as nested lists: name, type, limits, meaning. */
import { type Document, type JsonSchema, resolveRef } from '../../../../../openapi/operations.ts';
import { escapeHtml } from '../html.ts';
import { renderText } from './text.ts';

/** Deeper levels are left out: the OpenAPI document has them. */
const MAX_DEPTH = 4;

export function renderFields(document: Document, schema: JsonSchema, depth = 0): string {
  const { properties, required, alternatives } = collect(document, schema);
  const names = Object.keys(properties);
  if (alternatives.length > 0 && names.length === 0)
    return alternatives
      .map((each) => `<p class="variant">${escapeHtml(each.title)}</p>${renderFields(document, each.schema, depth)}`)
      .join('');
  if (names.length === 0) return '';
  const items = names.map((name) => {
    const field = resolveRef<JsonSchema>(document, properties[name] ?? {});
    const nested = depth < MAX_DEPTH ? renderFields(document, getItems(document, field), depth + 1) : '';
    const text = typeof field['description'] === 'string' ? renderText(field['description']) : '';
    const more = nested === '' ? '' : `<details><summary>Fields of ${escapeHtml(name)}</summary>${nested}</details>`;
    return `<li><p class="field"><code>${escapeHtml(name)}</code> <span class="type">${escapeHtml(describeType(document, field))}</span>${required.includes(name) ? ' <span class="required">required</span>' : ''}</p>${text}${more}</li>`;
  });
  return `<ul class="fields">${items.join('')}</ul>`;
}

const getItems = (document: Document, schema: JsonSchema): JsonSchema =>
  typeof schema['items'] === 'object' ? resolveRef<JsonSchema>(document, schema['items'] as JsonSchema) : schema;

interface Fields {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  readonly alternatives: readonly { readonly title: string; readonly schema: JsonSchema }[];
}

/** Of a schema and of everything that it is composed of. */
function collect(document: Document, given: JsonSchema): Fields {
  const schema = resolveRef<JsonSchema>(document, given);
  const parts = ((schema['allOf'] ?? []) as readonly JsonSchema[]).map((each) => collect(document, each));
  const choices = (schema['oneOf'] ?? schema['anyOf'] ?? []) as readonly JsonSchema[];
  return {
    properties: Object.assign({}, ...parts.map((each) => each.properties), schema['properties']),
    required: [...parts.flatMap((each) => each.required), ...((schema['required'] ?? []) as readonly string[])],
    alternatives: choices.map((each, index) => {
      const found = resolveRef<JsonSchema>(document, each);
      return { title: String(found['title'] ?? found['description'] ?? `Variant ${index + 1}`), schema: each };
    }),
  };
}

/** `text, 1–200 characters` */
export function describeType(document: Document, schema: JsonSchema): string {
  const { type, enum: values, items, format, pattern } = schema;
  const types = [type ?? []].flat().map(String);
  const isList = types.includes('array');
  const base = isList
    ? `list of ${items ? describeType(document, resolveRef<JsonSchema>(document, items as JsonSchema)) : 'values'}`
    : types.join(' or ') || 'any value';
  return [
    base,
    ...(Array.isArray(values) ? [values.filter((each) => each !== null).join(' | ')] : []),
    ...(format === undefined ? [] : [String(format)]),
    ...describeLimits(schema),
    ...(schema['default'] === undefined ? [] : [`default ${JSON.stringify(schema['default'])}`]),
    ...(pattern !== undefined && values === undefined && format === undefined ? [`matches ${String(pattern)}`] : []),
  ].join(', ');
}

const LIMITS = [
  ['minLength', 'maxLength', 'characters'],
  ['minItems', 'maxItems', 'entries'],
  ['minimum', 'maximum', ''],
] as const;

const describeLimits = (schema: JsonSchema): string[] =>
  LIMITS.flatMap(([low, high, unit]) => {
    const [from, to] = [schema[low], schema[high]];
    if (from === undefined && to === undefined) return [];
    const range = from === undefined ? `at most ${to}` : to === undefined ? `at least ${from}` : `${from} to ${to}`;
    return [`${range} ${unit}`.trim()];
  });
