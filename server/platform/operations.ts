/** Handlers typed by the contract: what an operation is given and what it may answer. */
import type { operations } from '../../openapi/generated/types.ts';
import type { From, Principal } from './context.ts';
import type { Stream } from './events/stream.ts';

export type OperationId = keyof operations;

type Part<O, Name extends string> = O extends { parameters: { [Key in Name]?: infer P } } ? NonNullable<P> : never;
type Json<R> = R extends { content: { 'application/json': infer B } } ? B : undefined;
/** A body that may be left out is undefined then. */
type Body<O> = O extends { requestBody: infer R }
  ? Json<R>
  : O extends { requestBody?: infer R }
    ? Json<R> | undefined
    : undefined;
/** What a handler may answer. Everything else is thrown. */
type Answered = 200 | 201 | 204 | 304;
/** An event stream is written by itself, for as long as somebody follows. */
type Content<R> = R extends { content: { 'text/event-stream': unknown } } ? Stream : Plain<R>;
type Plain<R> = R extends { content: infer C } ? (C extends Record<string, infer B> ? B : undefined) : undefined;

/** A request that the contract has let through. */
export interface Request<O> {
  readonly path: Part<O, 'path'>;
  readonly query: Part<O, 'query'>;
  /** Header parameters of the contract, by their lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Body<O>;
}

export type Answer<O> = O extends { responses: infer R }
  ? {
      [Status in keyof R & Answered]: {
        readonly status: Status;
        readonly body: Content<R[Status]>;
        readonly headers?: Readonly<Record<string, string>>;
        readonly type?: 'text/html' | 'text/event-stream' | 'text/plain; version=0.0.4; charset=utf-8';
      };
    }[keyof R & Answered]
  : never;

export interface Context<Services = unknown> {
  /** The caller. Null for operations without security, which must not read it. */
  readonly principal: Principal;
  readonly services: Services;
  readonly from: From;
}

export type Handler<Id extends OperationId, Services = unknown> = (
  request: Request<operations[Id]>,
  context: Context<Services>,
) => Promise<Answer<operations[Id]>>;

/** A handler for each of the operations named, and the services that these need; the compiler refuses a table that lacks one. */
export type Handlers<Id extends OperationId, Services> = { readonly [Each in Id]: Handler<Each, Services> };
