/**
 * /mcp: the Model Context Protocol over Streamable HTTP, stateless, in its revision 2026-07-28 and in those that
 * installed clients still speak. What a client calls or reads becomes the same HTTP request into the same app, so the two
 * doors cannot disagree about validation, rights, limits or audit.
 */
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, type McpHttpHandler, type McpRequestContext, Server } from '@modelcontextprotocol/server';
import type { Express, RequestHandler } from 'express';
import { v7 as timeOrderedId } from 'uuid';
import type { Principal } from '../context.ts';
import type { EventService } from '../events/service.ts';
import { Fault } from '../faults.ts';
import { problemOf } from '../http/problem.ts';
import { bearerOf } from '../http/security.ts';
import type { Door } from '../keys/door.ts';
import type { RateLimits } from '../limits/service.ts';
import type { Log } from '../log.ts';
import { charge } from './budget.ts';
import type { Caller, Surface } from './caller.ts';
import { ResourceChanges } from './changes.ts';
import { dispatch, type HttpAnswer, type HttpRequest } from './dispatch.ts';
import type { OriginGuard } from './origins.ts';
import { surfaceFor } from './surface.ts';

const LISTEN = 'subscriptions/listen';
const INSTRUCTIONS =
  'Call boot_program when you start: it opens your session and gives back what your last run left. Then call ' +
  'update_session with lastHeartbeat true at least every 10 minutes, and update_program_state after every significant task.';

export interface Endpoint {
  /** The request handler, given the app that its calls go into. */
  readonly mount: (app: Express) => RequestHandler;
  close(): Promise<void>;
}

/** What else a server offers beside its own surface: for the conformance suite, whose fixtures are not part of it. */
export type Extend = (surface: Surface, caller: Caller) => Surface;

export interface EndpointOptions {
  readonly door: Door;
  readonly guard: OriginGuard;
  readonly limits: RateLimits;
  readonly events: Pick<EventService, 'follow'>;
  readonly log: Log;
  readonly version: string;
  readonly extend?: Extend | undefined;
}

export function openEndpoint({ door, guard, limits, events, log, version, extend }: EndpointOptions): Endpoint {
  let app: Express | undefined;
  const onerror = (error: Error) => log.debug({ err: error }, 'MCP request refused');
  const changes = new ResourceChanges(events);
  // One server object for each request: nothing of one caller can reach another.
  const handler = createMcpHandler(
    (context) => {
      const caller = callerOf(context, app as Express);
      const surface = surfaceFor(caller);
      return serverWith(extend ? extend(surface, caller) : surface, version);
    },
    { onerror, bus: changes },
  );
  const answer = toNodeHandler({ fetch: fetchThrough(handler, limits, changes) }, { onerror });
  return {
    mount(mounted) {
      app = mounted;
      return async (request, response) => {
        guard(request);
        const key = bearerOf(request.headers.authorization);
        const principal = key && (await door.holderOf(key, request.ip));
        if (!principal)
          throw new Fault(
            'unauthenticated',
            'MCP needs the same key as REST: Authorization: Bearer fb_<keyId>_<secret>.',
          );
        const auth = { token: key, clientId: principal.keyId, scopes: [principal.role], extra: { principal } };
        Object.assign(request, { auth });
        await answer(request, response);
      };
    },
    close: () => handler.close(),
  };
}

/** Counts what the body asks for before anything is done. A body that is no JSON is the handler's to refuse. */
const fetchThrough =
  (handler: McpHttpHandler, limits: RateLimits, changes: ResourceChanges): McpHttpHandler['fetch'] =>
  async (request, options) => {
    if (request.method !== 'POST') return handler.fetch(request, options);
    const text = await request.text();
    const body = jsonOf(text);
    if (body === undefined) return handler.fetch(new Request(request, { body: text }), options);
    // Whoever is handed the body parsed does not look for it in the request, which has given it away.
    const given = { ...options, parsedBody: body };
    const principal = principalOf(options);
    try {
      await charge(limits, principal, body);
      if ((body as { method?: unknown } | null)?.method !== LISTEN) return await handler.fetch(request, given);
      return await changes.serve(principal, (ended) => {
        const signal = AbortSignal.any([request.signal, ended]);
        return handler.fetch(new Request(request, { signal, body: text }), given);
      });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return problemAnswer(error);
    }
  };

/** The answer that REST gives to the same fault. */
function problemAnswer(fault: Fault): Response {
  const problem = problemOf(fault, timeOrderedId());
  const headers = {
    'Content-Type': 'application/problem+json',
    'Retry-After': String(fault.extensions.retryAfterSeconds ?? 1),
  };
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const principalOf = ({ authInfo }: Pick<McpRequestContext, 'authInfo'> = {}): Principal =>
  authInfo?.extra?.['principal'] as Principal;

function callerOf(context: McpRequestContext, app: Express): Caller {
  const { era, authInfo, requestInfo } = context;
  return {
    principal: principalOf(context),
    era,
    authorization: `Bearer ${authInfo?.token}`,
    query: requestInfo ? new URL(requestInfo.url).searchParams : new URLSearchParams(),
    send: (make) => answered(app, make),
  };
}

async function answered(app: Express, make: () => HttpRequest): Promise<HttpAnswer> {
  try {
    return await dispatch(app, make());
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const problem = problemOf(error, timeOrderedId());
    return { status: problem.status, body: JSON.stringify(problem) };
  }
}

function serverWith({ capabilities, methods }: Surface, version: string): Server {
  const server = new Server(
    { name: 'fleetbeat', title: 'Fleetbeat', version },
    { capabilities, instructions: INSTRUCTIONS },
  );
  for (const [method, answer] of Object.entries(methods)) server.setRequestHandler(method as never, answer as never);
  return server;
}
