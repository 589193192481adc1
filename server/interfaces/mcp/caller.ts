/** Types of one MCP request: its caller, and the handlers of the protocol's methods. */
import type {
  HandlerResultTypeMap,
  RequestMethod,
  RequestTypeMap,
  ServerCapabilities,
  ServerContext,
} from '@modelcontextprotocol/server';
import type { Principal } from '../../platform/principal.ts';
import type { HttpRequest, HttpResponse } from './dispatch.ts';

/** The sender of one request, and how its calls are executed. */
export interface Caller {
  readonly principal: Principal;
  /** The protocol generation of the request: `modern` is revision 2026-07-28, `legacy` any earlier one. */
  readonly era: 'modern' | 'legacy';
  /** The Authorization header with the caller's own key. */
  readonly authorization: string;
  /** Query parameters of the endpoint's URL: `toolsets`, `schemas`. */
  readonly query: URLSearchParams;
  /** Sends a request into the app. A Fault thrown by `buildRequest` becomes the response that REST would give. */
  dispatch(buildRequest: () => HttpRequest): Promise<HttpResponse>;
  /** Runs work once the whole response was handed to the network; never when the client has gone before. Failures are logged. */
  afterResponse(work: () => Promise<void>): void;
}

export type CreateCaller = (
  from: Pick<Caller, 'principal' | 'era' | 'afterResponse'> & {
    readonly key: string | undefined;
    readonly url: string | undefined;
  },
) => Caller;

type MethodResult<Method extends RequestMethod> = HandlerResultTypeMap[Method];

export type MethodHandlers = {
  readonly [Method in RequestMethod]?: (
    request: RequestTypeMap[Method],
    context: ServerContext,
  ) => MethodResult<Method> | Promise<MethodResult<Method>>;
};

export interface ServerDefinition {
  readonly capabilities: ServerCapabilities;
  readonly methods: MethodHandlers;
}

/** How long a client may cache a listing. It changes only with a release, or with another key. */
export const LIST_CACHE_HINTS = { ttlMs: 5 * 60_000, cacheScope: 'private' } as const;
/** Content may change at any moment. */
export const READ_CACHE_HINTS = { ttlMs: 0, cacheScope: 'private' } as const;
