/** Makes the generated types readable: a name, a text and an example for what people hover over. Pure. */
import { type Document, type JsonSchema, resolveRef } from './operations.ts';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A copy of the document for the generator of types, which drops the description beside a `$ref` and knows no examples but
 * a property's own. Examples come from those of whole requests and responses.
 */
export function describeProperties(document: Document): Document {
  const copy = structuredClone(document) as Json;
  const examples = findExamples(copy as Document);
  for (const [name, schema] of Object.entries((copy['components'] as { schemas: Record<string, Json> }).schemas)) {
    const example = examples.get(`#/components/schemas/${name}`);
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    for (const [property, value] of Object.entries(properties)) {
      const sample = example?.[property];
      if (isObject(value) && ['string', 'number', 'boolean'].includes(typeof sample)) value['example'] ??= sample;
    }
  }
  visit(copy, (node) => {
    if (!isObject(node['properties'])) return;
    for (const property of Object.values(node['properties'])) {
      if (!isObject(property) || typeof property['$ref'] !== 'string') continue;
      const { $ref, ...own } = property;
      const { description } = resolveRef<JsonSchema>(document, { $ref: $ref as string });
      delete property['$ref'];
      Object.assign(property, { allOf: [{ $ref }], ...(description !== undefined && { description }), ...own });
    }
  });
  return copy as Document;
}

function visit(node: unknown, onObject: (node: Json) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, onObject);
  if (!isObject(node)) return;
  onObject(node);
  for (const each of Object.values(node)) visit(each, onObject);
}

/** The first example of each schema that a request or a response consists of. */
function findExamples(document: Document): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>();
  visit(document, ({ schema, examples }) => {
    if (!isObject(schema) || typeof schema['$ref'] !== 'string' || !isObject(examples)) return;
    const [example] = Object.values(examples);
    const { value } = resolveRef<Json>(document, example as Json);
    if (isObject(value) && !found.has(schema['$ref'])) found.set(schema['$ref'], value);
  });
  return found;
}

const INDENT = ' '.repeat(8);
const SECTION = /(export interface components \{\n {4}schemas: \{\n)([\s\S]*?)(\n {4}\};\n)/;

const ID_TYPE = `declare const idKind: unique symbol;
/**
 * The id of something. Any text can be one, for example from a setting; but the id of one thing is not accepted as the id of
 * another.
 */
export type Id<Kind extends string> = string & { readonly [idKind]?: Kind };
`;

/**
 * The generated types with each schema as an exported type of its own, so that editors show its name. A schema that is text
 * and whose name ends in `Id` gets a type that no other id is assignable to.
 */
export function nameSchemas(types: string): string {
  const [, head = '', body = '', tail = ''] = SECTION.exec(types) ?? [];
  const named: string[] = [];
  const members: string[] = [];
  let lines: string[] = [];
  for (const line of body.split('\n')) {
    lines.push(line);
    if (!line.startsWith(INDENT) || line.startsWith(`${INDENT} `) || !line.endsWith(';')) continue;
    const declaration = lines.map((each) => each.slice(INDENT.length)).join('\n');
    const [, comment = '', name = '', type = ''] = /^(\/\*\*[\s\S]*?\*\/\n)?(\w+): ([\s\S]*);$/.exec(declaration) ?? [];
    if (name === '') throw new Error(`This is no schema: ${declaration}`);
    const isId = type === 'string' && name.endsWith('Id');
    named.push(`${comment}export type ${name} = ${isId ? `Id<${JSON.stringify(name)}>` : type};\n`);
    members.push(`${INDENT}${name}: ${name};`);
    lines = [];
  }
  return types
    .replace(SECTION, () => `${ID_TYPE}${named.join('')}${head}${members.join('\n')}${tail}`)
    .replace(/components\["schemas"\]\["(\w+)"\]/g, '$1');
}
