/** `tools/list` and `tools/call`. A call becomes the HTTP request of its operation. */
import { ProtocolError, ProtocolErrorCode, type Tool } from '@modelcontextprotocol/server';
import type { BoundTool } from '../../../openapi/tools.ts';
import { tools } from '../../platform/contract.ts';
import type { Role } from '../../platform/principal.ts';
import { bringMessages } from './bring-messages.ts';
import { type Caller, LIST_CACHE_HINTS, type MethodHandlers } from './caller.ts';
import type { HttpResponse } from './dispatch.ts';
import { toHttpRequest } from './tool-request.ts';

const toolsByName = new Map(tools.map((each) => [each.tool.name, each]));

export const isTool = (name: unknown): boolean => toolsByName.has(name as string);

export function toolMethods(caller: Caller): Pick<MethodHandlers, 'tools/list' | 'tools/call'> {
  return {
    'tools/list': () => {
      const wantsFullSchemas = caller.query.get('schemas') === 'full';
      const offered = listOfferedTools(caller);
      const toListed = omitUnlistedTools(offered);
      return {
        tools: offered.map(({ tool, listed }) => toListed(wantsFullSchemas ? tool : listed) as Tool),
        ...LIST_CACHE_HINTS,
      };
    },
    'tools/call': async ({ params }) => {
      const bound = toolsByName.get(params.name);
      if (!bound) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${params.name}`);
      const response = await caller.dispatch(() => toHttpRequest(bound, params.arguments ?? {}, caller));
      return toToolResult(bound, await bringMessages(bound.operationId, response, caller));
    },
  };
}

/** The tools that `tools/list` lists for this caller at this address. */
export function listOfferedTools({ query, principal }: Pick<Caller, 'query' | 'principal'>): BoundTool[] {
  const requested = query.get('toolsets')?.split(',') ?? null;
  return tools.filter((each) => isRoleAllowed(each, principal.role) && isListed(each, requested));
}

/** The names of all tools in a text. */
export const findToolNames = (text: string): string[] => text.match(/\b[a-z]+(?:_[a-z]+)+\b/g)?.filter(isTool) ?? [];

/** Leaves out each sentence of a description that names a tool which is not among the listed ones: no model could call it. */
function omitUnlistedTools(offered: readonly BoundTool[]) {
  const names = new Set(offered.map(({ tool }) => tool.name));
  return <Listed extends { readonly description: string }>(tool: Listed): Listed => {
    const sentences = tool.description.split(/(?<=\.) /);
    const kept = sentences.filter((sentence) => findToolNames(sentence).every((name) => names.has(name)));
    return { ...tool, description: kept.join(' ') };
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
