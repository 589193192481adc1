/** The one place where a request that the contract has let through meets its handler. */
import type { Request, RequestHandler } from 'express';
import type { Clock } from '../clock.ts';
import type { From, Principal } from '../context.ts';
import { operations } from '../contract.ts';
import type { Store } from '../database/store.ts';
import type { Stream } from '../events/stream.ts';
import { Fault } from '../faults.ts';
import { once } from '../idempotency/once.ts';
import type { Handler, Handlers, OperationId } from '../operations.ts';
import { EVENT_STREAM, sendStream } from './event-stream.ts';
import { bearerOf, cookieOf, principalOf } from './security.ts';

/** The operations that need a key. */
const secured = new Set(
  operations.filter((operation) => operation.roles !== null).map((operation) => operation.operationId),
);

/** The operations that an Idempotency-Key means something to. */
const repeatable = new Set(
  operations
    .filter((operation) => operation.parameters.some(({ name }) => name === 'Idempotency-Key'))
    .map((operation) => operation.operationId),
);

interface Validated extends Request {
  /** Set by the validator when the path and method are those of an operation. */
  openapi?: {
    readonly schema: { readonly operationId: OperationId };
    readonly pathParams: Readonly<Record<string, string>>;
  };
}

interface AnyAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
}

/** Where a request came from. Few operations ask, and the answer is some work. */
class Sender implements From {
  constructor(private readonly request: Request) {}

  get address(): string | undefined {
    return this.request.ip;
  }

  get https(): boolean {
    return this.request.secure;
  }
}

export interface RouterOptions<Services> {
  readonly handlers: Handlers<OperationId, Services>;
  /** What every handler is given. */
  readonly services: Services;
  readonly store: Store;
  readonly clock: Clock;
  /** Called for each reader of a stream that was too slow. */
  readonly onCut: () => void;
}

export const router =
  <Services>({ handlers, services, store, clock, onCut }: RouterOptions<Services>): RequestHandler =>
  async (request: Validated, response) => {
    const { openapi } = request;
    if (!openapi) throw new Fault('route-not-found', 'No operation has this path. See /docs for every path.');
    const { operationId } = openapi.schema;
    const handler = handlers[operationId] as unknown as Handler<never>;
    const principal = (secured.has(operationId) ? principalOf(request) : null) as Principal;
    const given = { path: openapi.pathParams, query: request.query, headers: request.headers, body: request.body };
    const from = new Sender(request);
    const run = (): Promise<AnyAnswer> => handler(given as never, { principal, services, from });
    const { answer, replayed } = await onceIfAsked(request, openapi, principal, { store, clock }, run);
    if (replayed) response.set('Idempotent-Replayed', 'true');
    if (answer.type === EVENT_STREAM) return sendStream(response, answer.body as Stream, onCut);
    // Express would say 304 by itself to whoever sends the ETag, or `*`: only a handler may, where the contract has it.
    delete request.headers['if-none-match'];
    response.statusCode = answer.status;
    response.setHeader('Cache-Control', 'no-store');
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    if (answer.status === 204 || answer.status === 304) response.end();
    else if (answer.type) response.type(answer.type).send(answer.body);
    else response.json(answer.body);
  };

/** Runs a request with an Idempotency-Key once; everything else as often as it is sent. */
async function onceIfAsked(
  request: Request,
  { schema, pathParams }: NonNullable<Validated['openapi']>,
  principal: Principal,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  run: () => Promise<AnyAnswer>,
): Promise<{ answer: AnyAnswer; replayed: boolean }> {
  const idempotencyKey = request.headers['idempotency-key'];
  if (!repeatable.has(schema.operationId) || typeof idempotencyKey !== 'string')
    return { answer: await run(), replayed: false };
  const secret = bearerOf(request.headers.authorization) ?? cookieOf(request) ?? '';
  // Each web session is a credential of its own: only its own cookie can open what was kept for it.
  const keyId = principal.web?.tokenHash ?? principal.keyId;
  const what = [schema.operationId, pathParams, request.query, request.body];
  return once(store, clock, { accountId: principal.accountId, keyId, secret, idempotencyKey, request: what }, run);
}
