/** Handlers typed by the contract: the request an operation receives and the responses it may return. */
import type { operations } from '../../openapi/generated/types.ts';
import type { ClientInfo, Principal } from './principal.ts';
import type { StreamingBody } from './sink.ts';

/** Without the requests that receivers of webhooks get. */
export type OperationId = Exclude<keyof operations, `receive${string}`>;

type ParametersIn<O, Name extends string> = O extends { parameters: { [Key in Name]?: infer P } }
  ? NonNullable<P>
  : never;
type JsonContent<R> = R extends { content: { 'application/json': infer B } } ? B : undefined;
/** An optional body is undefined when it was omitted. */
type RequestBody<O> = O extends { requestBody: infer R }
  ? JsonContent<R>
  : O extends { requestBody?: infer R }
    ? JsonContent<R> | undefined
    : undefined;
/** The statuses that a handler may return. Errors are thrown as faults. */
type SuccessStatus = 200 | 201 | 202 | 204 | 304;
/** An event stream writes its own body until the client disconnects. */
type ResponseBody<R> = R extends { content: { 'text/event-stream': unknown } } ? StreamingBody : PlainBody<R>;
type PlainBody<R> = R extends { content: infer C } ? (C extends Record<string, infer B> ? B : undefined) : undefined;

/** A request that has passed validation. */
export interface OperationRequest<O> {
  readonly path: ParametersIn<O, 'path'>;
  readonly query: ParametersIn<O, 'query'>;
  /** The contract's header parameters, by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: RequestBody<O>;
}

export type OperationResponse<O> = O extends { responses: infer R }
  ? {
      [Status in keyof R & SuccessStatus]: {
        readonly status: Status;
        readonly body: ResponseBody<R[Status]>;
        readonly headers?: Readonly<Record<string, string>>;
        readonly type?: 'text/html' | 'text/event-stream' | 'text/plain; version=0.0.4; charset=utf-8';
      };
    }[keyof R & SuccessStatus]
  : never;

/** The response to a request that created something; `path` is where it can be read. */
export const created = <Body>(path: string, body: Body) => ({
  status: 201 as const,
  body,
  headers: { Location: path },
});

export interface RequestContext<Services = unknown> {
  /** The caller. Null at run time for operations without security, so their handlers must not read it. */
  readonly principal: Principal;
  readonly services: Services;
  readonly client: ClientInfo;
}

export type Handler<Id extends OperationId, Services = unknown> = (
  request: OperationRequest<operations[Id]>,
  context: RequestContext<Services>,
) => Promise<OperationResponse<operations[Id]>>;

/** A table of handlers, typed so that a missing operation does not compile, and the services that they need. */
export type Handlers<Id extends OperationId, Services> = { readonly [Each in Id]: Handler<Each, Services> };

/**
 * Runs before an operation's handler and outside of its transaction: the place for whatever waits for something other
 * than the database, such as a name lookup. A rejection is the operation's answer, unless an Idempotency-Key has one
 * already.
 */
export type Preparation<Id extends OperationId, Services = unknown> = (
  request: OperationRequest<operations[Id]>,
  context: RequestContext<Services>,
) => Promise<void>;

export type Preparations<Id extends OperationId, Services> = { readonly [Each in Id]?: Preparation<Each, Services> };
