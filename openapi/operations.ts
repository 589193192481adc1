/** The operations of the bundled document: the hinge between the contract and everything that is driven by it. */

export type JsonSchema = { readonly [keyword: string]: unknown };
export type Role = 'program' | 'auditor' | 'admin' | 'operator';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly 'x-mcp'?: false;
  readonly 'x-mcp-description'?: string;
  /**
   * Its value in a tool call that omits it: `own-program` is the program of the caller's key, anything else the value itself. A
   * path has no defaults, so the schema cannot say it.
   */
  readonly 'x-mcp-default'?: string;
}

export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly method: 'get' | 'put' | 'post' | 'patch' | 'delete';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** The roles that may call the operation; null when it needs no key. */
  readonly roles: readonly Role[] | null;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly schema: JsonSchema } | null;
  readonly responses: Readonly<Record<string, Response>>;
  /**
   * Whether the operation is an MCP tool: by default, only when a client requests its toolset (`x-mcp: more`), or never
   * (`x-mcp: false`).
   */
  readonly exposure: 'default' | 'more' | 'never';
  /** The description for models (`x-mcp-description`), where summary and description are too long for them. */
  readonly mcpDescription: string | null;
  /**
   * Arguments that the tool's schema lists as required although they have a default (`x-mcp-required`), as the specification of
   * the tool does. They may be omitted all the same.
   */
  readonly mcpRequired: readonly string[];
  /** Hints of the tool that differ from what its method says (`x-mcp-annotations`). */
  readonly mcpAnnotations: Readonly<Partial<Record<'destructiveHint' | 'idempotentHint', boolean>>>;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

type JsonNode = { readonly [key: string]: unknown };
export type Document = JsonNode & { readonly paths: Readonly<Record<string, JsonNode>> };

/** Resolves a local reference such as `#/components/schemas/Session`. Throws when its target does not exist. */
export function resolveRef<T>(document: Document, value: T | { readonly $ref: string }): T {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value as T;
  const segments = value.$ref
    .replace(/^#\//, '')
    .split('/')
    .map((segment) => segment.replace(/~1/g, '/').replace(/~0/g, '~'));
  let target: unknown = document;
  for (const segment of segments) target = (target as JsonNode | undefined)?.[segment];
  if (target === undefined) throw new Error(`The document has nothing at ${value.$ref}`);
  const { $ref: _followed, ...siblings } = value as JsonNode;
  return { ...(resolveRef(document, target) as JsonNode), ...siblings } as T;
}

/** Every operation of a bundled document, in document order. */
export function listOperations(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) => toOperation(document, path, method, item)),
  );
}

function toOperation(document: Document, path: string, method: Operation['method'], item: JsonNode): Operation {
  const raw = item[method] as JsonNode;
  const parameters = [...((item['parameters'] as []) ?? []), ...((raw['parameters'] as []) ?? [])];
  const body = raw['requestBody'] as
    | { required?: boolean; content: Record<string, { schema: JsonSchema }> }
    | undefined;
  const security = (raw['security'] ?? document['security']) as { key?: Role[] }[];
  const responses = raw['responses'] as Record<string, Response>;
  return {
    operationId: raw['operationId'] as string,
    method,
    path,
    tag: (raw['tags'] as [string])[0],
    summary: raw['summary'] as string,
    description: raw['description'] as string,
    roles: security.length === 0 ? null : (security[0]?.key ?? []),
    parameters: parameters.map((parameter) => {
      const found = resolveRef<Parameter>(document, parameter);
      return { ...found, required: found.required ?? false };
    }),
    body: body ? { required: body.required ?? false, schema: body.content['application/json']?.schema ?? {} } : null,
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [status, resolveRef(document, response)]),
    ),
    mcpDescription: (raw['x-mcp-description'] as string | undefined) ?? null,
    mcpRequired: (raw['x-mcp-required'] as string[] | undefined) ?? [],
    mcpAnnotations: (raw['x-mcp-annotations'] as Operation['mcpAnnotations'] | undefined) ?? {},
    exposure: raw['x-mcp'] === false ? 'never' : raw['x-mcp'] === 'more' ? 'more' : 'default',
  };
}
