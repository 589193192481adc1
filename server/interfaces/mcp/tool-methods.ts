/** `tools/list` and `tools/call`. A call becomes the HTTP request of its operation. */
import { ProtocolError, ProtocolErrorCode, type Tool } from '@modelcontextprotocol/server';
import type { BoundTool } from '../../../openapi/tools.ts';
import { tools } from '../../platform/contract.ts';
import type { Role } from '../../platform/principal.ts';
import { type Caller, LIST_CACHE_HINTS, type MethodHandlers } from './caller.ts';
import type { HttpResponse } from './dispatch.ts';
import { toHttpRequest } from './tool-request.ts';

const toolsByName = new Map(tools.map((each) => [each.tool.name, each]));

export const isTool = (name: unknown): boolean => toolsByName.has(name as string);

export function toolMethods(caller: Caller): Pick<MethodHandlers, 'tools/list' | 'tools/call'> {
  return {
    'tools/list': () => {
      const requested = caller.query.get('toolsets')?.split(',') ?? null;
      const wantsFullSchemas = caller.query.get('schemas') === 'full';
      const offered = tools.filter((each) => isRoleAllowed(each, caller.principal.role) && isListed(each, requested));
      return {
        tools: offered.map(({ tool, listed }) => (wantsFullSchemas ? tool : listed) as Tool),
        ...LIST_CACHE_HINTS,
      };
    },
    'tools/call': async ({ params }) => {
      const bound = toolsByName.get(params.name);
      if (!bound) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${params.name}`);
      return toToolResult(bound, await caller.dispatch(() => toHttpRequest(bound, params.arguments ?? {}, caller)));
    },
  };
}

/** Tools cost context, so by default only those that every agent needs are listed. All can be called. */
const isListed = ({ toolset, byDefault }: BoundTool, requested: readonly string[] | null): boolean =>
  requested === null
    ? byDefault
    : requested.includes('all') ||
      requested.includes(toolset) ||
      (toolset === 'program-state' && requested.includes('state'));

const isRoleAllowed = ({ roles }: BoundTool, role: Role): boolean => roles === null || roles.includes(role);

/**
 * A failure is a tool result, so that the agent can read it and correct its call. It has no structuredContent: clients of
 * earlier revisions validate that against the success schema and throw.
 */
function toToolResult({ tool }: BoundTool, { status, body }: HttpResponse) {
  const content = [{ type: 'text' as const, text: body === '' ? 'Done.' : body }];
  if (status >= 400) return { content, isError: true, _meta: { 'fleetbeat/problem': JSON.parse(body) } };
  return tool.outputSchema ? { content, structuredContent: JSON.parse(body) } : { content };
}
