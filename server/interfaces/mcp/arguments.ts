/** The flat arguments of a tool → one HTTP request, by the tool's binding. Pure. */
import type { Binding, BoundTool } from '../../../openapi/tools.ts';
import { type FieldFault, invalidField } from '../../platform/faults.ts';
import type { HttpRequest } from './dispatch.ts';

type Arguments = Readonly<Record<string, unknown>>;

/**
 * What a tool does not know goes where its other arguments go, so that the contract refuses it there by its name.
 * Throws `invalid-request` for an argument that could not stand in a path.
 */
export function requestOf(bound: BoundTool, given: Arguments, authorization: string): HttpRequest {
  const { http } = bound;
  const { bindings, defaults } = placesOf(bound);
  const hasBody = http.method !== 'GET' && http.method !== 'DELETE';
  const path = new Map(defaults);
  const query = new URLSearchParams();
  const headers: Record<string, string> = { authorization };
  const body: [string, unknown][] = [];
  for (const [argument, value] of Object.entries(given)) {
    const binding: Binding = bindings.get(argument) ?? { argument, name: argument, in: hasBody ? 'body' : 'query' };
    if (binding.in === 'body') body.push([binding.name, value]);
    else if (value === null || value === undefined) continue;
    else if (binding.in === 'path') path.set(binding.name, value);
    else if (binding.in === 'query') query.append(binding.name, textOf(value));
    else headers[binding.name.toLowerCase()] = textOf(value);
  }
  const filled = http.path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(stepOf(name, path.get(name))),
  );
  const search = query.size > 0 ? `?${query}` : '';
  if (!hasBody) return { method: http.method, url: `${filled}${search}`, headers, body: undefined };
  headers['content-type'] = 'application/json';
  return { method: http.method, url: `${filled}${search}`, headers, body: JSON.stringify(Object.fromEntries(body)) };
}

interface Places {
  readonly bindings: ReadonlyMap<string, Binding>;
  /** What stands in the path where nothing is given, by the name that it has there. */
  readonly defaults: ReadonlyMap<string, unknown>;
}

/** Found out once for each tool. */
const known = new WeakMap<BoundTool, Places>();

function placesOf(bound: BoundTool): Places {
  const found = known.get(bound);
  if (found) return found;
  const { tool, http } = bound;
  const inPath = http.arguments.filter((each) => each.in === 'path');
  const places = {
    bindings: new Map(http.arguments.map((binding) => [binding.argument, binding])),
    defaults: new Map(inPath.map((each) => [each.name, pathDefault(tool.inputSchema, each)])),
  };
  known.set(bound, places);
  return places;
}

const pathDefault = (schema: { readonly [keyword: string]: unknown }, { argument }: Binding): unknown =>
  (schema['properties'] as Record<string, { default?: unknown } | undefined>)[argument]?.default;

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** An empty step would be another path: /v1/sessions/ is the list of all sessions. */
function stepOf(name: string, value: unknown): string {
  const place: FieldFault['in'] = 'path';
  if (value === undefined) throw invalidField(place, `/${name}`, 'is needed');
  if (typeof value !== 'string' || value === '')
    throw invalidField(place, `/${name}`, 'must be a text that is not empty');
  return value.toWellFormed();
}
