/** `tools/list` and `tools/call`: a call becomes the HTTP request that its operation is. */
import { ProtocolError, ProtocolErrorCode, type Tool } from '@modelcontextprotocol/server';
import type { BoundTool } from '../../../openapi/tools.ts';
import type { Role } from '../../platform/context.ts';
import { tools } from '../../platform/contract.ts';
import { requestOf } from './arguments.ts';
import { type Caller, LISTING, type Methods } from './caller.ts';
import type { HttpAnswer } from './dispatch.ts';

const toolsByName = new Map(tools.map((each) => [each.tool.name, each]));

export const isTool = (name: unknown): boolean => toolsByName.has(name as string);

export function toolMethods(caller: Caller): Pick<Methods, 'tools/list' | 'tools/call'> {
  return {
    'tools/list': () => {
      const asked = caller.query.get('toolsets')?.split(',') ?? null;
      const isWhole = caller.query.get('schemas') === 'full';
      const offered = tools.filter((each) => mayCall(each, caller.principal.role) && isOffered(each, asked));
      return { tools: offered.map(({ tool, listed }) => (isWhole ? tool : listed) as Tool), ...LISTING };
    },
    'tools/call': async ({ params }) => {
      const bound = toolsByName.get(params.name);
      if (!bound) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${params.name}`);
      return resultOf(bound, await caller.send(() => requestOf(bound, params.arguments ?? {}, caller.authorization)));
    },
  };
}

/** A small context holds few tools: without a wish only those are listed that every agent needs. All can be called. */
const isOffered = ({ toolset, byDefault }: BoundTool, asked: readonly string[] | null): boolean =>
  asked === null
    ? byDefault
    : asked.includes('all') || asked.includes(toolset) || (toolset === 'program-state' && asked.includes('state'));

const mayCall = ({ roles }: BoundTool, role: Role): boolean => roles === null || roles.includes(role);

/**
 * A failure is a tool result, so that the agent can read it and mend its call. It carries no structuredContent: clients
 * of the earlier revisions check that against the schema of success and throw.
 */
function resultOf({ tool }: BoundTool, { status, body }: HttpAnswer) {
  const content = [{ type: 'text' as const, text: body === '' ? 'Done.' : body }];
  if (status >= 400) return { content, isError: true, _meta: { 'fleetbeat/problem': JSON.parse(body) } };
  return tool.outputSchema ? { content, structuredContent: JSON.parse(body) } : { content };
}
