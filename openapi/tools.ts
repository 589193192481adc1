/**
 * Derives MCP tools (Model Context Protocol, revision 2026-07-28, `Tool`) from operations. Pure functions of the document: the
 * manifest and the server's `tools/list` both come from here.
 */
import {
  type Document,
  type JsonSchema,
  listOperations,
  type Operation,
  type Parameter,
  resolveRef,
} from './operations.ts';
import { toArgumentSchema, toResultSchema } from './tool-schemas.ts';

/** The place of a tool's argument in the HTTP request. */
export interface Binding {
  readonly argument: string;
  readonly in: Parameter['in'] | 'body';
  readonly name: string;
}

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: { readonly type: 'object'; readonly [keyword: string]: unknown };
  readonly outputSchema?: { readonly type: 'object'; readonly [keyword: string]: unknown };
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: false;
  };
}

/** Without the output schema, the retry key, a title that only repeats the name, and hints that have the protocol's default value. */
export type ListedTool = Omit<Tool, 'title' | 'outputSchema' | 'annotations'> & {
  readonly annotations: Partial<Tool['annotations']>;
};

export interface BoundTool {
  readonly tool: Tool;
  /** The tool as it is listed by default, without what would only cost a model's context. */
  readonly listed: ListedTool;
  readonly operationId: string;
  /** The toolset by which a client can request it: the operation's tag, for example `pulse` or `program-state`. */
  readonly toolset: string;
  /** False when only clients that request its toolset get it. */
  readonly byDefault: boolean;
  readonly roles: Operation['roles'];
  readonly http: { readonly method: string; readonly path: string; readonly arguments: readonly Binding[] };
}

/** All tools, sorted by name so that the order of the list is stable. */
export function buildTools(document: Document): BoundTool[] {
  const tools = listOperations(document).filter((operation) => operation.exposure !== 'never');
  return tools.map((operation) => bindTool(document, operation)).sort((a, b) => (a.tool.name < b.tool.name ? -1 : 1));
}

function bindTool(document: Document, operation: Operation): BoundTool {
  const fields = collectArguments(document, operation);
  const output = findOutputSchema(document, operation);
  const complete: Tool = {
    name: snakeCase(operation.operationId),
    title: toTitle(operation.operationId),
    description: (operation.mcpDescription ?? `${operation.summary} ${operation.description}`)
      .replace(/\s+/g, ' ')
      .trim(),
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [field.argument, field.schema])),
      required: fields.filter((field) => field.required).map((field) => field.argument),
      additionalProperties: false,
    },
    annotations: {
      readOnlyHint: operation.method === 'get',
      destructiveHint: operation.method === 'delete',
      idempotentHint: ['get', 'put', 'delete'].includes(operation.method),
      openWorldHint: false,
    },
  };
  const { annotations, ...described } = complete;
  return {
    tool: { ...described, ...(output && { outputSchema: output }), annotations },
    listed: toListedTool(complete),
    operationId: operation.operationId,
    toolset: operation.tag.toLowerCase().replaceAll(' ', '-'),
    byDefault: operation.exposure === 'default',
    roles: operation.roles,
    http: {
      method: operation.method.toUpperCase(),
      path: operation.path,
      arguments: fields.map(({ argument, in: place, name }) => ({ argument, in: place, name })),
    },
  };
}

/** Taken from every call, and listed in full schemas only: no host repeats a call by itself, and each argument costs context. */
const RETRY_ARGUMENT = 'idempotencyKey';

/** The defaults of MCP 2025-11-25, `ToolAnnotations`; the last two say nothing of a tool that only reads. */
function toListedTool({ title: _title, annotations, inputSchema, ...tool }: Tool): ListedTool {
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
  const { [RETRY_ARGUMENT]: _retryKey, ...properties } = inputSchema['properties'] as Record<string, unknown>;
  return {
    ...tool,
    inputSchema: { ...inputSchema, properties },
    annotations: readOnlyHint
      ? { readOnlyHint, openWorldHint }
      : { ...(!destructiveHint && { destructiveHint }), ...(idempotentHint && { idempotentHint }), openWorldHint },
  };
}

type Field = Binding & { readonly required: boolean; readonly schema: JsonSchema };

/** The flat arguments of a tool: parameters first, then properties of the body. A parameter with a default is optional. */
function collectArguments(document: Document, operation: Operation): Field[] {
  const parameters = operation.parameters
    .filter((parameter) => parameter['x-mcp'] !== false)
    .map((parameter): Field => {
      const { description, 'x-mcp-description': brief = description } = parameter;
      const schema = toArgumentSchema(document, { ...parameter.schema, description: brief });
      const argument = parameter.in === 'header' ? camelCase(parameter.name) : parameter.name;
      const required = parameter.required && schema['default'] === undefined;
      return { argument, in: parameter.in, name: parameter.name, required, schema };
    });
  const body = operation.body && resolveRef<JsonSchema>(document, operation.body.schema);
  const required = (body?.['required'] ?? []) as string[];
  const inBody = Object.entries((body?.['properties'] ?? {}) as Record<string, JsonSchema>);
  // `x-mcp: false` marks properties that only repeat a path parameter.
  const properties = inBody
    .filter(([, schema]) => schema['x-mcp'] !== false)
    .map(
      ([name, schema]): Field => ({
        argument: name,
        in: 'body',
        name,
        required: required.includes(name),
        schema: toArgumentSchema(document, schema),
      }),
    );
  const fields = [...parameters, ...properties];
  if (new Set(fields.map((field) => field.argument)).size < fields.length) {
    throw new Error(`${operation.operationId} has two arguments of the same name; rename one in the document`);
  }
  return fields;
}

/** Only object schemas: clients of earlier protocol revisions drop every tool when one output schema is not an object. */
function findOutputSchema(document: Document, operation: Operation): Tool['outputSchema'] {
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
  const schema = success?.content?.['application/json']?.schema;
  const found = schema && toResultSchema(document, schema);
  return found?.['type'] === 'object' ? (found as Tool['outputSchema']) : undefined;
}

/** `updateSession` → `Update session`. */
const toTitle = (operationId: string): string =>
  operationId[0]?.toUpperCase() + operationId.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const snakeCase = (name: string): string =>
  name.replace(/(?<=[a-z0-9])[A-Z]|[A-Z](?=[a-z])/g, (c) => `_${c}`).toLowerCase();
const camelCase = (name: string): string =>
  name.toLowerCase().replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
