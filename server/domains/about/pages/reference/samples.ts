/** How an operation is called: by curl, by the typed client and as an MCP tool, with the example values of the contract. */
import type { Document, JsonSchema, Operation, Parameter } from '../../../../../openapi/operations.ts';
import { resolveRef } from '../../../../../openapi/operations.ts';
import type { BoundTool } from '../../../../../openapi/tools.ts';

export interface Sample {
  readonly language: 'curl' | 'TypeScript' | 'MCP';
  readonly code: string;
}

/** The example of the body; undefined when the operation takes none. */
export function findBodyExample(document: Document, operation: Operation): unknown {
  const item = document.paths[operation.path]?.[operation.method] as RawOperation | undefined;
  const media = item?.requestBody?.content['application/json'];
  return media === undefined ? undefined : findExample(document, media);
}

interface Media {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown } | { readonly $ref: string }>>;
  readonly schema?: JsonSchema;
}

interface RawOperation {
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
}

/** The first example of a media type; undefined when it has none. */
export function findExample(document: Document, { example, examples }: Media): unknown {
  if (example !== undefined) return example;
  const [first] = Object.values(examples ?? {});
  return first === undefined ? undefined : resolveRef<{ readonly value?: unknown }>(document, first).value;
}

/** Parameters of the path, and required ones of the query. */
const shown = (operation: Operation, place: Parameter['in']): readonly Parameter[] =>
  operation.parameters.filter((each) => each.in === place && (place === 'path' || each.required));

/** The value of a parameter in an example. */
export function getExample({ schema, ...parameter }: Parameter): unknown {
  const given = (parameter as { readonly example?: unknown }).example ?? schema['example'] ?? schema['default'];
  const [first] = (schema['examples'] ?? schema['enum'] ?? []) as readonly unknown[];
  return given ?? first ?? (schema['type'] === 'integer' ? (schema['minimum'] ?? 1) : 'example');
}

export function buildSamples(document: Document, operation: Operation, tool: BoundTool | undefined): readonly Sample[] {
  const body = findBodyExample(document, operation);
  const samples: Sample[] = [
    { language: 'curl', code: toCurl(operation, body) },
    { language: 'TypeScript', code: toTypeScript(operation, body) },
  ];
  if (tool) samples.push({ language: 'MCP', code: toToolCall(operation, tool, body) });
  return samples;
}

function toCurl(operation: Operation, body: unknown): string {
  const { method, path, roles } = operation;
  const filled = shown(operation, 'path').reduce(
    (text, each) => text.replace(`{${each.name}}`, encodeURIComponent(String(getExample(each)))),
    path,
  );
  const query = shown(operation, 'query').map((each) => `${each.name}=${encodeURIComponent(String(getExample(each)))}`);
  const address = `$FLEETBEAT_URL${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  const lines = [
    `curl -s${isStream(operation) ? 'N' : ''}${method === 'get' || (method === 'post' && body !== undefined) ? '' : ` -X ${method.toUpperCase()}`} "${address}"`,
    ...(roles === null ? [] : ['-H "Authorization: Bearer $FLEETBEAT_KEY"']),
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d '${toJson(body).replaceAll("'", `'\\''`)}'`]),
  ];
  return lines.join(' \\\n  ');
}

/** In one line where that is short. */
const toJson = (body: unknown): string => {
  const line = JSON.stringify(body);
  return line.length <= 60 ? line : JSON.stringify(body, null, 2);
};

function toTypeScript(operation: Operation, body: unknown): string {
  if (isStream(operation)) return 'for await (const event of fleetbeat.events()) console.log(event.type);';
  const entries = (place: Parameter['in']) =>
    Object.fromEntries(shown(operation, place).map((each) => [each.name, getExample(each)]));
  const params = Object.fromEntries(
    (['path', 'query'] as const)
      .map((place) => [place, entries(place)] as const)
      .filter(([, each]) => Object.keys(each).length > 0),
  );
  const options = {
    ...(Object.keys(params).length > 0 && { params }),
    ...(body !== undefined && { body }),
  };
  const given = Object.keys(options).length > 0 ? `, ${toLiteral(options)}` : '';
  return `const { data, error } = await fleetbeat.api.${operation.method.toUpperCase()}('${operation.path}'${given});`;
}

function toToolCall(operation: Operation, { tool }: BoundTool, body: unknown): string {
  const properties = Object.keys((tool.inputSchema['properties'] ?? {}) as object);
  const values: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(
      [...shown(operation, 'path'), ...shown(operation, 'query')].map((each) => [each.name, getExample(each)]),
    ),
    ...(body as object | undefined),
  };
  const given = Object.fromEntries(Object.entries(values).filter(([name]) => properties.includes(name)));
  return JSON.stringify({ name: tool.name, arguments: given }, null, 2);
}

const isStream = ({ responses }: Operation): boolean => responses['200']?.content?.['text/event-stream'] !== undefined;

/** JSON as a person writes it in TypeScript: names without quotes where they need none, single quotes. */
function toLiteral(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const items = Array.isArray(value)
    ? value.map((each) => toLiteral(each, inner))
    : Object.entries(value).map(
        ([name, each]) => `${/^\w+$/.test(name) ? name : `'${name}'`}: ${toLiteral(each, inner)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return `${open}${close}`;
  const line = Array.isArray(value) ? `[${items.join(', ')}]` : `{ ${items.join(', ')} }`;
  if (line.length + indent.length <= 80 && !line.includes('\n')) return line;
  return `${open}\n${items.map((each) => `${inner}${each},\n`).join('')}${indent}${close}`;
}
