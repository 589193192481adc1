/** One request of an MCP client: who sent it, and by which functions the methods of the protocol are answered. */
import type {
  HandlerResultTypeMap,
  RequestMethod,
  RequestTypeMap,
  ServerCapabilities,
  ServerContext,
} from '@modelcontextprotocol/server';
import type { Principal } from '../../platform/principal.ts';
import type { HttpRequest, HttpResponse } from './dispatch.ts';

/** Who sent one request, and how what it asks for is carried out. */
export interface Caller {
  readonly principal: Principal;
  /** The generation of the protocol that the request speaks: 2026-07-28, or what came before it. */
  readonly era: 'modern' | 'legacy';
  /** The header that carries the caller's own key. */
  readonly authorization: string;
  /** What the address of the endpoint asks for: `toolsets`, `schemas`. */
  readonly query: URLSearchParams;
  /** Sends a request into the app. A Fault of `make` becomes the answer that REST would give. */
  dispatch(buildRequest: () => HttpRequest): Promise<HttpResponse>;
}

export type CreateCaller = (
  from: Pick<Caller, 'principal' | 'era'> & { readonly key: string | undefined; readonly url: string | undefined },
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

/** How long a client may keep a listing. What a key is shown changes with a release, or with another key. */
export const LIST_CACHE_HINTS = { ttlMs: 5 * 60_000, cacheScope: 'private' } as const;
/** What was read may change at once. */
export const READ_CACHE_HINTS = { ttlMs: 0, cacheScope: 'private' } as const;
