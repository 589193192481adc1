/** The SDK's handler: it answers every request of either protocol generation. */
import { type NodeMcpRequestHandler, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, type McpHttpHandler, type McpRequestContext } from '@modelcontextprotocol/server';
import { v7 as timeOrderedId } from 'uuid';
import type { EventService } from '../../platform/events/service.ts';
import { Fault } from '../../platform/faults.ts';
import { toProblem } from '../../platform/http/problem.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Log } from '../../platform/log.ts';
import { respondInAcceptedType } from './accept.ts';
import type { Caller, CreateCaller } from './caller.ts';
import type { CreateServer } from './create-server.ts';
import { parseMessage } from './fast-path/buffer-body.ts';
import { chargeMessages } from './rate-limit.ts';
import { ResourceChanges } from './resource-changes.ts';

/** The method whose answer is a stream without an end. */
export const LISTEN_METHOD = 'subscriptions/listen';

export interface SdkHandlerOptions {
  readonly createServer: CreateServer;
  readonly createCaller: CreateCaller;
  readonly limits: RateLimits;
  readonly events: Pick<EventService, 'follow'>;
  readonly log: Log;
}

export interface SdkHandler {
  /** Handles a request whose `auth` is from `toAuthInfo`. */
  readonly handle: NodeMcpRequestHandler;
  close(): Promise<void>;
}

export function createSdkHandler({ createServer, createCaller, limits, events, log }: SdkHandlerOptions): SdkHandler {
  const onerror = (error: Error) => log.debug({ err: error }, 'MCP request refused');
  const changes = new ResourceChanges(events);
  const handler = createMcpHandler(
    (context) => {
      const { era, authInfo, requestInfo } = context;
      const { principal, afterResponse } = getExtra(context);
      return createServer(createCaller({ era, principal, afterResponse, key: authInfo?.token, url: requestInfo?.url }));
    },
    { onerror, bus: changes },
  );
  return {
    handle: toNodeHandler({ fetch: withRateLimits(handler, limits, changes) }, { onerror }),
    close: () => handler.close(),
  };
}

/** Passes the caller through the SDK. */
export const toAuthInfo = (key: string, extra: AuthExtra) => ({
  token: key,
  clientId: extra.principal.keyId,
  scopes: [extra.principal.role],
  extra: { ...extra },
});

type AuthExtra = Pick<Caller, 'principal' | 'afterResponse'>;

const getExtra = ({ authInfo }: Pick<McpRequestContext, 'authInfo'> = {}): AuthExtra =>
  authInfo?.extra as unknown as AuthExtra;

/** Charges the messages of a body before they are executed. Malformed JSON is rejected by the SDK. */
const withRateLimits =
  (handler: McpHttpHandler, limits: RateLimits, changes: ResourceChanges): McpHttpHandler['fetch'] =>
  async (request, options) => {
    if (request.method !== 'POST') return handler.fetch(request, options);
    const text = await request.text();
    const body = parseMessage(text);
    if (body === undefined) return handler.fetch(new Request(request, { body: text }), options);
    // The request's body was consumed here, so the SDK receives it parsed.
    const fetchOptions = { ...options, parsedBody: body };
    const { principal } = getExtra(options);
    try {
      await chargeMessages(limits, principal, body);
      if ((body as { method?: unknown } | null)?.method !== LISTEN_METHOD)
        return await respondInAcceptedType(request, (each) => handler.fetch(each, fetchOptions));
      return await changes.serve(principal, (ended) => {
        const signal = AbortSignal.any([request.signal, ended]);
        return handler.fetch(new Request(request, { signal, body: text }), fetchOptions);
      });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return toProblemResponse(error);
    }
  };

/** The response that REST gives for the same fault. */
function toProblemResponse(fault: Fault): Response {
  const problem = toProblem(fault, timeOrderedId());
  const headers = {
    'Content-Type': 'application/problem+json',
    'Retry-After': String(fault.extensions.retryAfterSeconds ?? 1),
  };
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
