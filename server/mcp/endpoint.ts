/**
 * /mcp: the Model Context Protocol over Streamable HTTP, stateless, in its revision 2026-07-28 and in those that
 * installed clients still speak. A `tools/call` becomes the same HTTP request into the same app, so the two doors cannot
 * disagree about validation, rights, limits or audit.
 */
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  type McpRequestContext,
  ProtocolError,
  Server,
  type Tool,
} from '@modelcontextprotocol/server';
import type { Express, RequestHandler } from 'express';
import { v7 as timeOrderedId } from 'uuid';
import type { BoundTool } from '../../openapi/tools.ts';
import { tools } from '../contract.ts';
import { Fault } from '../faults.ts';
import { problemOf } from '../http/problem.ts';
import { bearerOf } from '../http/security.ts';
import type { Door } from '../keys/door.ts';
import type { Role } from '../keys/entity.ts';
import type { Log } from '../log.ts';
import { requestOf } from './arguments.ts';
import { dispatch, type HttpAnswer } from './dispatch.ts';
import type { OriginGuard } from './origins.ts';

const INVALID_PARAMS = -32602;
const LISTING_TTL_MS = 5 * 60_000;
const INSTRUCTIONS =
  'Register your run with create_session, then call update_session with lastHeartbeat true at least every 10 minutes. ' +
  'Read get_program_state when you start and write update_program_state after every significant task.';

const toolsByName = new Map(tools.map((each) => [each.tool.name, each]));

export interface Endpoint {
  /** The request handler, given the app that its tool calls go into. */
  readonly mount: (app: Express) => RequestHandler;
  close(): Promise<void>;
}

export function openEndpoint(options: { door: Door; guard: OriginGuard; log: Log; version: string }): Endpoint {
  let app: Express | undefined;
  const onerror = (error: Error) => options.log.debug({ err: error }, 'MCP request refused');
  // One server object for each request: nothing of one caller can reach another.
  const handler = createMcpHandler((context) => serverFor(context, () => app as Express, options.version), { onerror });
  const answer = toNodeHandler(handler, { onerror });
  return {
    mount(mounted) {
      app = mounted;
      return async (request, response) => {
        options.guard(request);
        const key = bearerOf(request.headers.authorization);
        const principal = key && (await options.door.holderOf(key, request.ip));
        if (!principal)
          throw new Fault(
            'unauthenticated',
            'MCP needs the same key as REST: Authorization: Bearer fb_<keyId>_<secret>.',
          );
        Object.assign(request, { auth: { token: key, clientId: principal.keyId, scopes: [principal.role] } });
        await answer(request, response);
      };
    },
    close: () => handler.close(),
  };
}

function serverFor({ authInfo, requestInfo }: McpRequestContext, app: () => Express, version: string): Server {
  const role = authInfo?.scopes[0] as Role;
  const asked = toolsetsOf(requestInfo);
  const server = new Server(
    { name: 'fleetbeat', title: 'Fleetbeat', version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler('tools/list', () => ({
    tools: tools.filter((each) => mayCall(each, role) && isOffered(each, asked)).map((each) => each.tool as Tool),
    ttlMs: LISTING_TTL_MS,
    cacheScope: 'private',
  }));
  server.setRequestHandler('tools/call', async ({ params }) => {
    const bound = toolsByName.get(params.name);
    if (!bound) throw new ProtocolError(INVALID_PARAMS, `Unknown tool: ${params.name}`);
    return resultOf(bound, await call(bound, params.arguments ?? {}, app(), `Bearer ${authInfo?.token}`));
  });
  return server;
}

/** What `/mcp?toolsets=pulse,state` asks for; null when nothing is said. `all` is everything. */
const toolsetsOf = (request: globalThis.Request | undefined): string[] | null =>
  request ? (new URL(request.url).searchParams.get('toolsets')?.split(',') ?? null) : null;

/** A small context holds few tools: without a wish only those are listed that every agent needs. All can be called. */
const isOffered = ({ toolset, byDefault }: BoundTool, asked: readonly string[] | null): boolean =>
  asked === null
    ? byDefault
    : asked.includes('all') || asked.includes(toolset) || (toolset === 'program-state' && asked.includes('state'));

const mayCall = ({ roles }: BoundTool, role: Role): boolean => roles === null || roles.includes(role);

async function call(
  bound: BoundTool,
  given: Record<string, unknown>,
  app: Express,
  authorization: string,
): Promise<HttpAnswer> {
  try {
    return await dispatch(app, requestOf(bound, given, authorization));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const problem = problemOf(error, timeOrderedId());
    return { status: problem.status, body: JSON.stringify(problem) };
  }
}

/**
 * A failure is a tool result, so that the agent can read it and mend its call. It carries no structuredContent: clients
 * of the earlier revisions check that against the schema of success and throw.
 */
function resultOf({ tool }: BoundTool, { status, body }: HttpAnswer) {
  const content = [{ type: 'text' as const, text: body === '' ? 'Done.' : body }];
  if (status >= 400) return { content, isError: true, _meta: { 'fleetbeat/problem': JSON.parse(body) } };
  return tool.outputSchema ? { content, structuredContent: JSON.parse(body) } : { content };
}
