/** The SDK's own handler: it answers whatever a client of either generation may send. */
import { type NodeMcpRequestHandler, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, type McpHttpHandler, type McpRequestContext } from '@modelcontextprotocol/server';
import { v7 as timeOrderedId } from 'uuid';
import type { Principal } from '../../platform/context.ts';
import type { EventService } from '../../platform/events/service.ts';
import { Fault } from '../../platform/faults.ts';
import { problemOf } from '../../platform/http/problem.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Log } from '../../platform/log.ts';
import { charge } from './budget.ts';
import type { CallerOf } from './caller.ts';
import { ResourceChanges } from './changes.ts';
import type { ServerFor } from './server-object.ts';
import { jsonOf } from './short-body.ts';

const LISTEN = 'subscriptions/listen';

export interface SdkHandlerOptions {
  readonly serverFor: ServerFor;
  readonly callerOf: CallerOf;
  readonly limits: RateLimits;
  readonly events: Pick<EventService, 'follow'>;
  readonly log: Log;
}

export interface SdkHandler {
  /** Answers a request whose `auth` is by `authOf`. */
  readonly answer: NodeMcpRequestHandler;
  close(): Promise<void>;
}

export function openSdkHandler({ serverFor, callerOf, limits, events, log }: SdkHandlerOptions): SdkHandler {
  const onerror = (error: Error) => log.debug({ err: error }, 'MCP request refused');
  const changes = new ResourceChanges(events);
  const handler = createMcpHandler(
    (context) => {
      const { era, authInfo, requestInfo } = context;
      return serverFor(callerOf({ era, principal: principalOf(context), key: authInfo?.token, url: requestInfo?.url }));
    },
    { onerror, bus: changes },
  );
  return {
    answer: toNodeHandler({ fetch: fetchThrough(handler, limits, changes) }, { onerror }),
    close: () => handler.close(),
  };
}

/** How the SDK is told who calls. */
export const authOf = (key: string, principal: Principal) => ({
  token: key,
  clientId: principal.keyId,
  scopes: [principal.role],
  extra: { principal },
});

const principalOf = ({ authInfo }: Pick<McpRequestContext, 'authInfo'> = {}): Principal =>
  authInfo?.extra?.['principal'] as Principal;

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
