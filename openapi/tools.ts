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
  /** The JSON types that the operation takes, `null` among them where null has a meaning; `integer` is listed as `number`. */
  readonly types: readonly string[];
  /** Whether it may be omitted by a key that has a program, which then is its value (`x-mcp-default: own-program`). */
  readonly isOwnProgram?: true;
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

/**
 * Without the output schema, the retry key, a title that only repeats the name, hints that have the protocol's default value, and
 * the refusal of unknown arguments, which the server speaks out for each by its name.
 */
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
  readonly http: {
    readonly method: string;
    readonly path: string;
    readonly arguments: readonly Binding[];
    /** Arguments that are taken though no schema lists them. */
    readonly unlisted: readonly Binding[];
  };
}

/** All tools, sorted by name so that the order of the list is stable. */
export function buildTools(document: Document): BoundTool[] {
  const tools = listOperations(document).filter((operation) => operation.exposure !== 'never');
  return tools.map((operation) => bindTool(document, operation)).sort((a, b) => (a.tool.name < b.tool.name ? -1 : 1));
}

function bindTool(document: Document, operation: Operation): BoundTool {
  const { fields, unlisted } = collectArguments(document, operation);
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
      ...operation.mcpAnnotations,
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
      arguments: fields.map(toBinding),
      unlisted: unlisted.map(toBinding),
    },
  };
}

/** Taken from every call, and listed in full schemas only: no host repeats a call by itself, and each argument costs context. */
const RETRY_ARGUMENT = 'idempotencyKey';

/** The defaults of MCP 2025-11-25, `ToolAnnotations`; the last two say nothing of a tool that only reads. */
function toListedTool({ title: _title, annotations, inputSchema, ...tool }: Tool): ListedTool {
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = annotations;
  const { [RETRY_ARGUMENT]: _retryKey, ...described } = inputSchema['properties'] as Record<string, JsonSchema>;
  const properties = Object.fromEntries(Object.entries(described).map(([name, schema]) => [name, toBrief(schema)]));
  const required = inputSchema['required'] as readonly string[];
  return {
    ...tool,
    inputSchema: { type: 'object', properties, ...(required.length > 0 && { required }) },
    annotations: readOnlyHint
      ? { readOnlyHint, openWorldHint }
      : { ...(!destructiveHint && { destructiveHint }), ...(idempotentHint && { idempotentHint }), openWorldHint },
  };
}

/** The value of `x-mcp-default` for a parameter that names a program. */
const OWN_PROGRAM = 'own-program';

/** Two words, such as "The task.", say no more than the name. */
function toBrief(schema: JsonSchema): JsonSchema {
  const { description, ...rest } = schema;
  return /^\S+ \S+$/.test(String(description)) ? rest : schema;
}

type Field = Binding & { readonly isListed: boolean; readonly required: boolean; readonly schema: JsonSchema };

const toBinding = ({ isListed: _isListed, required: _required, schema: _schema, ...binding }: Field): Binding =>
  binding;

/** The flat arguments of a tool: parameters first, then properties of the body. `x-mcp: false` takes one out of the schema. */
function collectArguments(document: Document, operation: Operation) {
  const body = operation.body && resolveRef<JsonSchema>(document, operation.body.schema);
  const required = (body?.['required'] ?? []) as string[];
  const properties = Object.entries((body?.['properties'] ?? {}) as Record<string, JsonSchema>);
  const found = [
    ...operation.parameters.map((parameter) => toParameterField(document, operation, parameter)),
    ...properties.map(
      ([name, schema]): Field => ({
        ...{ argument: name, in: 'body', name, types: listTypes(document, schema) },
        isListed: schema['x-mcp'] !== false,
        required: required.includes(name),
        schema: toArgumentSchema(document, schema),
      }),
    ),
  ];
  const fields = found.filter((field) => field.isListed);
  const names = new Set(fields.map((field) => field.argument));
  if (names.size < fields.length)
    throw new Error(`${operation.operationId} has two arguments of the same name; rename one in the document`);
  const unlisted = found.filter(
    ({ isListed, in: place, argument }) => !isListed && place !== 'header' && !names.has(argument),
  );
  return { fields, unlisted };
}

/** A parameter with a default is optional. */
function toParameterField(document: Document, { mcpRequired }: Operation, parameter: Parameter): Field {
  const { description, 'x-mcp-description': brief = description, 'x-mcp-default': toolDefault } = parameter;
  const isOwnProgram = toolDefault === OWN_PROGRAM;
  const schema = toArgumentSchema(document, {
    ...parameter.schema,
    ...(toolDefault !== undefined && !isOwnProgram && { default: toolDefault }),
    description: brief,
  });
  return {
    argument: parameter.in === 'header' ? camelCase(parameter.name) : parameter.name,
    in: parameter.in,
    name: parameter.name,
    types: listTypes(document, parameter.schema),
    ...(isOwnProgram && { isOwnProgram }),
    isListed: parameter['x-mcp'] !== false,
    required:
      mcpRequired.includes(parameter.name) || (parameter.required && schema['default'] === undefined && !isOwnProgram),
    schema,
  };
}

function listTypes(document: Document, schema: JsonSchema): string[] {
  const { type = [] } = resolveRef<{ type?: string | string[] }>(document, schema);
  return [type].flat().map((each) => (each === 'integer' ? 'number' : each));
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
