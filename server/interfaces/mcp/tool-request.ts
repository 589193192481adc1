/** Maps the flat arguments of a tool to one HTTP request, by the tool's binding. Pure. */
import type { Binding, BoundTool } from '../../../openapi/tools.ts';
import { type FieldFault, invalidField } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import type { HttpRequest } from './dispatch.ts';
import { normaliseArgument } from './tool-arguments.ts';

type ToolArguments = Readonly<Record<string, unknown>>;

export interface ToolCaller {
  readonly principal: Pick<Principal, 'programId'>;
  /** The Authorization header. */
  readonly authorization: string;
}

/**
 * An unknown argument is sent along with the others, so that validation rejects it by name.
 * Throws `invalid-request` for an argument that could not stand in a path.
 */
export function toHttpRequest(bound: BoundTool, args: ToolArguments, caller: ToolCaller): HttpRequest {
  const { http } = bound;
  const { bindings, defaults, ownProgram } = getToolBindings(bound);
  const hasBody = http.method !== 'GET' && http.method !== 'DELETE';
  const path = new Map(defaults);
  if (ownProgram && caller.principal.programId !== null) path.set(ownProgram.name, caller.principal.programId);
  const query = new URLSearchParams();
  const headers: Record<string, string> = { authorization: caller.authorization };
  const body: [string, unknown][] = [];
  for (const [argument, given] of Object.entries(args)) {
    const declared = bindings.get(argument);
    const binding = declared ?? { argument, name: argument, in: hasBody ? 'body' : 'query' };
    const value = declared ? normaliseArgument(declared, given) : given;
    if (value === undefined) continue;
    if (binding.in === 'body') body.push([binding.name, value]);
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
  /** Defaults of path parameters, by name. */
  readonly defaults: ReadonlyMap<string, unknown>;
  readonly ownProgram: Binding | undefined;
}

/** Computed once per tool. */
const bindingsByTool = new WeakMap<BoundTool, ToolBindings>();

function getToolBindings(bound: BoundTool): ToolBindings {
  const cached = bindingsByTool.get(bound);
  if (cached) return cached;
  const { tool, http } = bound;
  const inPath = http.arguments.filter((each) => each.in === 'path');
  const toolBindings = {
    bindings: new Map([...http.unlisted, ...http.arguments].map((binding) => [binding.argument, binding])),
    defaults: new Map(inPath.map((each) => [each.name, getPathDefault(tool.inputSchema, each)])),
    ownProgram: inPath.find((each) => each.isOwnProgram),
  };
  bindingsByTool.set(bound, toolBindings);
  return toolBindings;
}

const getPathDefault = (schema: { readonly [keyword: string]: unknown }, { argument }: Binding): unknown =>
  (schema['properties'] as Record<string, { default?: unknown } | undefined>)[argument]?.default;

const toText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** An empty segment would address another operation: /v1/sessions/ lists all sessions. */
function requirePathSegment(name: string, value: unknown): string {
  const location: FieldFault['in'] = 'path';
  if (value === undefined) throw invalidField(location, `/${name}`, 'is needed');
  if (typeof value !== 'string' || value === '')
    throw invalidField(location, `/${name}`, 'must be a text that is not empty');
  return value.toWellFormed();
}
