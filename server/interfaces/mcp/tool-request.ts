/** The flat arguments of a tool → one HTTP request, by the tool's binding. Pure. */
import type { Binding, BoundTool } from '../../../openapi/tools.ts';
import { type FieldFault, invalidField } from '../../platform/faults.ts';
import type { HttpRequest } from './dispatch.ts';

type ToolArguments = Readonly<Record<string, unknown>>;

/**
 * What a tool does not know goes where its other arguments go, so that the contract refuses it there by its name.
 * Throws `invalid-request` for an argument that could not stand in a path.
 */
export function toHttpRequest(bound: BoundTool, args: ToolArguments, authorization: string): HttpRequest {
  const { http } = bound;
  const { bindings, defaults } = getToolBindings(bound);
  const hasBody = http.method !== 'GET' && http.method !== 'DELETE';
  const path = new Map(defaults);
  const query = new URLSearchParams();
  const headers: Record<string, string> = { authorization };
  const body: [string, unknown][] = [];
  for (const [argument, value] of Object.entries(args)) {
    const binding: Binding = bindings.get(argument) ?? { argument, name: argument, in: hasBody ? 'body' : 'query' };
    if (binding.in === 'body') body.push([binding.name, value]);
    else if (value === null || value === undefined) continue;
    else if (binding.in === 'path') path.set(binding.name, value);
    else if (binding.in === 'query') query.append(binding.name, toText(value));
    else headers[binding.name.toLowerCase()] = toText(value);
  }
  const filled = http.path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(requirePathSegment(name, path.get(name))),
  );
  const search = query.size > 0 ? `?${query}` : '';
  if (!hasBody) return { method: http.method, url: `${filled}${search}`, headers, body: undefined };
  headers['content-type'] = 'application/json';
  return { method: http.method, url: `${filled}${search}`, headers, body: JSON.stringify(Object.fromEntries(body)) };
}

interface ToolBindings {
  readonly bindings: ReadonlyMap<string, Binding>;
  /** What stands in the path where nothing is given, by the name that it has there. */
  readonly defaults: ReadonlyMap<string, unknown>;
}

/** Found out once for each tool. */
const bindingsByTool = new WeakMap<BoundTool, ToolBindings>();

function getToolBindings(bound: BoundTool): ToolBindings {
  const cached = bindingsByTool.get(bound);
  if (cached) return cached;
  const { tool, http } = bound;
  const inPath = http.arguments.filter((each) => each.in === 'path');
  const toolBindings = {
    bindings: new Map(http.arguments.map((binding) => [binding.argument, binding])),
    defaults: new Map(inPath.map((each) => [each.name, getPathDefault(tool.inputSchema, each)])),
  };
  bindingsByTool.set(bound, toolBindings);
  return toolBindings;
}

const getPathDefault = (schema: { readonly [keyword: string]: unknown }, { argument }: Binding): unknown =>
  (schema['properties'] as Record<string, { default?: unknown } | undefined>)[argument]?.default;

const toText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** An empty step would be another path: /v1/sessions/ is the list of all sessions. */
function requirePathSegment(name: string, value: unknown): string {
  const location: FieldFault['in'] = 'path';
  if (value === undefined) throw invalidField(location, `/${name}`, 'is needed');
  if (typeof value !== 'string' || value === '')
    throw invalidField(location, `/${name}`, 'must be a text that is not empty');
  return value.toWellFormed();
}
