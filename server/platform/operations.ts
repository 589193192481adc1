/** Handlers typed by the contract: what an operation is given and what it may answer. */
import type { operations } from '../../openapi/generated/types.ts';
import type { ClientInfo, Principal } from './principal.ts';
import type { StreamingBody } from './sink.ts';

export type OperationId = keyof operations;

type ParametersIn<O, Name extends string> = O extends { parameters: { [Key in Name]?: infer P } }
  ? NonNullable<P>
  : never;
type JsonContent<R> = R extends { content: { 'application/json': infer B } } ? B : undefined;
/** A body that may be left out is undefined then. */
type RequestBody<O> = O extends { requestBody: infer R }
  ? JsonContent<R>
  : O extends { requestBody?: infer R }
    ? JsonContent<R> | undefined
    : undefined;
/** What a handler may answer. Everything else is thrown. */
type SuccessStatus = 200 | 201 | 204 | 304;
/** An event stream is written by itself, for as long as somebody follows. */
type ResponseBody<R> = R extends { content: { 'text/event-stream': unknown } } ? StreamingBody : PlainBody<R>;
type PlainBody<R> = R extends { content: infer C } ? (C extends Record<string, infer B> ? B : undefined) : undefined;

/** A request that the contract has let through. */
export interface OperationRequest<O> {
  readonly path: ParametersIn<O, 'path'>;
  readonly query: ParametersIn<O, 'query'>;
  /** Header parameters of the contract, by their lower-case name. */
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

export interface RequestContext<Services = unknown> {
  /** The caller. Null for operations without security, which must not read it. */
  readonly principal: Principal;
  readonly services: Services;
  readonly client: ClientInfo;
}

export type Handler<Id extends OperationId, Services = unknown> = (
  request: OperationRequest<operations[Id]>,
  context: RequestContext<Services>,
) => Promise<OperationResponse<operations[Id]>>;

/** A handler for each of the operations named, and the services that these need; the compiler refuses a table that lacks one. */
export type Handlers<Id extends OperationId, Services> = { readonly [Each in Id]: Handler<Each, Services> };
