/** The one place where a request that the contract has let through meets its handler. */
import type { Request, RequestHandler } from 'express';
import type { Clock } from '../clock.ts';
import { operations } from '../contract.ts';
import type { Store } from '../database/store.ts';
import { REQUEST_MS } from '../database/time-limits.ts';
import { Fault } from '../faults.ts';
import { runIdempotent } from '../idempotency/run-idempotent.ts';
import type { Handler, Handlers, OperationId, Preparation, Preparations } from '../operations.ts';
import type { ClientInfo, Principal } from '../principal.ts';
import type { StreamingBody } from '../sink.ts';
import { withTimeout } from '../with-timeout.ts';
import { getLookupMs, getSessionToken, parseBearerToken, requirePrincipal } from './authentication.ts';
import { EVENT_STREAM, sendStream } from './event-stream.ts';
import { findOperation } from './find-operation.ts';
import { getMatchedOperation, type MatchedOperation } from './matched-operation.ts';

/** The operations that need a key. */
const authenticatedOperations = new Set(
  operations.filter((operation) => operation.roles !== null).map((operation) => operation.operationId),
);

/** The operations that an Idempotency-Key means something to. */
const idempotentOperations = new Set(
  operations
    .filter((operation) => operation.parameters.some(({ name }) => name === 'Idempotency-Key'))
    .map((operation) => operation.operationId),
);

/** Not bounded here: they wait for a receiver, for a person, or answer with a stream whose beginning the store bounds. */
const UNBOUNDED: ReadonlySet<OperationId> = new Set(['testWebhook', 'streamEvents', 'getQuestion']);

/** Writes that hold no connection while they wait for a row, or wait for somebody else than the database. */
const OUTSIDE_BULKHEAD: ReadonlySet<OperationId> = new Set(['updateSession', 'testWebhook']);

/** The store gives up first, and knows why. */
const GRACE_MS = 500;

interface AnyResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
}

/** Where a request came from. Few operations ask, and the answer is some work. */
class LazyClientInfo implements ClientInfo {
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
  /** What some operations do before their handler, outside of its transaction. */
  readonly preparations: Preparations<OperationId, Services>;
  /** What every handler is given. */
  readonly services: Services;
  readonly store: Store;
  readonly clock: Clock;
  /** Called for each reader of a stream that was too slow. */
  readonly onCut: () => void;
}

export const router =
  <Services>({ handlers, preparations, services, store, clock, onCut }: RouterOptions<Services>): RequestHandler =>
  async (request, response) => {
    const operation = getMatchedOperation(request);
    if (!operation) throw new Fault('route-not-found', 'No operation has this path. See /docs for every path.');
    const { operationId } = operation.schema;
    // Whether the caller may call was decided before the validator found the operation: no other operation may run.
    if (findOperation(request)?.operationId !== operationId)
      throw new Error(`Nobody asked who may call ${operationId}`);
    // A body that was announced but not read would make an operation with an optional body take its defaults.
    if (request.body === undefined && request.headers['content-type'] !== undefined)
      throw new Error('A body was not read');
    const handler = handlers[operationId] as unknown as Handler<never>;
    const principal = (authenticatedOperations.has(operationId) ? requirePrincipal(request) : null) as Principal;
    const input = { path: operation.pathParams, query: request.query, headers: request.headers, body: request.body };
    const client = new LazyClientInfo(request);
    const context = { principal, services, client };
    const prepare = preparations[operationId] as Preparation<never> | undefined;
    const failure = prepare && (await catchError(prepare(input as never, context)));
    const runHandler = async (): Promise<AnyResponse> => {
      // Here and not before: a repeated request gets the first answer, whatever is true by now.
      if (failure) throw failure.error;
      return handler(input as never, context);
    };
    const deadline = performance.now() + REQUEST_MS - getLookupMs(request);
    const execute = () => withIdempotency(request, operation, principal, { store, clock }, runHandler);
    const isBounded = principal && request.method !== 'GET' && !OUTSIDE_BULKHEAD.has(operationId);
    const share = isBounded && { accountId: principal.accountId, resource: getResource(operation.pathParams) };
    const running = share ? store.bulkhead.run(share, deadline, execute) : execute();
    const { result, replayed } = await (UNBOUNDED.has(operationId)
      ? running
      : withTimeout(deadline + GRACE_MS - performance.now(), running, LATE_MESSAGE));
    if (replayed) response.set('Idempotent-Replayed', 'true');
    if (result.type === EVENT_STREAM) return sendStream(response, result.body as StreamingBody, onCut);
    // Express would say 304 by itself to whoever sends the ETag, or `*`: only a handler may, where the contract has it.
    delete request.headers['if-none-match'];
    response.statusCode = result.status;
    response.setHeader('Cache-Control', 'no-store');
    for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, value);
    if (result.status === 204 || result.status === 304) response.end();
    else if (result.type) response.type(result.type).send(result.body);
    else response.json(result.body);
  };

const LATE_MESSAGE = 'The database did not answer in time. Try again in a moment.';

/** What the path names first is what most writes lock first: a program, a task, a webhook. */
function getResource(pathParams: Readonly<Record<string, string>>): string | null {
  const [first] = Object.entries(pathParams);
  return first ? first.join(' ') : null;
}

const catchError = (work: Promise<void>): Promise<{ readonly error: unknown } | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );

/** Runs a request with an Idempotency-Key once; everything else as often as it is sent. */
async function withIdempotency(
  request: Request,
  { schema, pathParams }: MatchedOperation,
  principal: Principal,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  run: () => Promise<AnyResponse>,
): Promise<{ readonly result: AnyResponse; readonly replayed: boolean }> {
  const idempotencyKey = request.headers['idempotency-key'];
  if (!idempotentOperations.has(schema.operationId) || typeof idempotencyKey !== 'string')
    return { result: await run(), replayed: false };
  const secret = parseBearerToken(request.headers.authorization) ?? getSessionToken(request) ?? '';
  // Each web session is a credential of its own: only its own cookie can open what was kept for it.
  const keyId = principal.web?.tokenHash ?? principal.keyId;
  const fingerprint = [schema.operationId, pathParams, request.query, request.body];
  return runIdempotent(
    store,
    clock,
    { accountId: principal.accountId, keyId, secret, idempotencyKey, request: fingerprint },
    run,
  );
}
