/** Dispatches validated requests to their handlers. */
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
import { runBy, startBy, withTimeout } from '../with-timeout.ts';
import { addAddress, getLookupMs, getSessionToken, parseBearerToken, requirePrincipal } from './authentication.ts';
import { EVENT_STREAM, sendStream } from './event-stream.ts';
import { findOperation, getMatchedOperation, type MatchedOperation } from './find-operation.ts';
import { getCursorScope, readCursor, writeCursor } from './list-cursors.ts';

/** The operations that need authentication. */
const authenticatedOperations = new Set(
  operations.filter((operation) => operation.roles !== null).map((operation) => operation.operationId),
);

const takingParameter = (parameter: string): ReadonlySet<string> =>
  new Set(
    operations
      .filter((operation) => operation.parameters.some(({ name }) => name === parameter))
      .map((operation) => operation.operationId),
  );

/** The operations that accept an Idempotency-Key. */
const idempotentOperations = takingParameter('Idempotency-Key');
/** The lists that come in pages. */
const pagedOperations = takingParameter('cursor');

/**
 * Operations without a timeout here: they wait for a webhook receiver or a person, or return a stream, whose first query
 * the store limits.
 */
const WITHOUT_TIMEOUT: ReadonlySet<OperationId> = new Set(['testWebhook', 'streamEvents', 'getQuestion']);

/**
 * Operations whose first query alone has the request's deadline. Those without a timeout go on after it, and updateSession passes it
 * on by itself: the tracking of promises would cost a tenth of each heartbeat.
 */
const STARTED_BY_DEADLINE: ReadonlySet<OperationId> = new Set([...WITHOUT_TIMEOUT, 'updateSession']);

/** Writes that hold no connection while they wait for a row lock, or that wait for something other than the database. */
const OUTSIDE_BULKHEAD: ReadonlySet<OperationId> = new Set(['updateSession', 'testWebhook']);

/** Lets the store time out first, because its error is more specific. Milliseconds. */
const GRACE_MS = 500;

interface AnyResponse {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
}

/** Computed on access: few operations need it, and Express derives both values each time. */
class LazyClientInfo implements ClientInfo {
  constructor(private readonly request: Request) {}

  get address(): string | undefined {
    return this.request.ip;
  }

  get https(): boolean {
    return this.request.secure;
  }

  get userAgent(): string | undefined {
    return this.request.headers['user-agent'];
  }
}

export interface RouterOptions<Services> {
  readonly handlers: Handlers<OperationId, Services>;
  /** What some operations do before their handler, outside its transaction. */
  readonly preparations: Preparations<OperationId, Services>;
  /** Passed to every handler. */
  readonly services: Services;
  readonly store: Store;
  readonly clock: Clock;
  /** Called for each stream reader that is disconnected for being too slow. */
  readonly onCut: () => void;
}

/** The handler of all operations. Mount it after authentication, body parsing and validation. */
export const router =
  <Services>({ handlers, preparations, services, store, clock, onCut }: RouterOptions<Services>): RequestHandler =>
  async (request, response) => {
    const operation = getMatchedOperation(request);
    if (!operation) throw new Fault('route-not-found', 'No operation has this path. See /docs for every path.');
    const { operationId } = operation.schema;
    // Authorization used `findOperation`, before validation. If the validator matched another operation, it must not run.
    if (findOperation(request)?.operationId !== operationId)
      throw new Error(`The caller was not authorized for ${operationId}`);
    // Otherwise an operation with an optional body would silently use its defaults.
    if (request.body === undefined && request.headers['content-type'] !== undefined)
      throw new Error('The body was not parsed');
    const handler = handlers[operationId] as unknown as Handler<never>;
    const principal = (
      authenticatedOperations.has(operationId) ? addAddress(requirePrincipal(request), request) : null
    ) as Principal;
    const { pathParams } = operation;
    const cursorScope = pagedOperations.has(operationId)
      ? getCursorScope({ operationId, pathParams, query: request.query, principal })
      : null;
    const query = cursorScope ? readCursor(request.query, cursorScope) : request.query;
    const input = { path: pathParams, query, headers: request.headers, body: request.body };
    const client = new LazyClientInfo(request);
    const context = { principal, services, client };
    const deadline = performance.now() + REQUEST_MS - getLookupMs(request);
    const prepare = preparations[operationId] as Preparation<never> | undefined;
    const failure = prepare && (await catchError(prepare(input as never, context)));
    const runHandler = async (): Promise<AnyResponse> => {
      // Thrown inside `withIdempotency`: a retry must get the first response, even if the preparation now fails.
      if (failure) throw failure.error;
      return handler(input as never, context);
    };
    const limit = STARTED_BY_DEADLINE.has(operationId) ? startBy : runBy;
    const execute = () =>
      limit(deadline, () => withIdempotency(request, operation, principal, { store, clock }, runHandler));
    const usesBulkhead = principal && request.method !== 'GET' && !OUTSIDE_BULKHEAD.has(operationId);
    const share = usesBulkhead && { accountId: principal.accountId, resource: getResource(pathParams) };
    const running = share ? store.bulkhead.run(share, deadline, execute) : execute();
    const { result, replayed } = await (WITHOUT_TIMEOUT.has(operationId)
      ? running
      : withTimeout(deadline + GRACE_MS - performance.now(), running, TIMEOUT_DETAIL));
    if (replayed) response.set('Idempotent-Replayed', 'true');
    if (result.type === EVENT_STREAM) return sendStream(response, result.body as StreamingBody, onCut);
    // Otherwise Express would turn a matching ETag, or `*`, into a 304: only handlers may, where the contract has it.
    delete request.headers['if-none-match'];
    response.statusCode = result.status;
    response.setHeader('Cache-Control', 'no-store');
    for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, value);
    if (result.status === 204 || result.status === 304) response.end();
    else if (result.type) response.type(result.type).send(result.body);
    else response.json(cursorScope ? writeCursor(result.body, cursorScope) : result.body);
  };

const TIMEOUT_DETAIL = 'The database did not answer in time. Try again in a moment.';

/** The first path parameter: usually the row that a write locks first (a program, a task, a webhook). */
function getResource(pathParams: Readonly<Record<string, string>>): string | null {
  const [first] = Object.entries(pathParams);
  return first ? first.join(' ') : null;
}

const catchError = (work: Promise<void>): Promise<{ readonly error: unknown } | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );

/** Runs a request with an Idempotency-Key at most once, and replays its response; runs every other request. */
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
  // Stored responses are encrypted by credential, and each web session is a credential of its own.
  const keyId = principal.web?.tokenHash ?? principal.keyId;
  const fingerprint = [schema.operationId, pathParams, request.query, request.body];
  return runIdempotent(
    store,
    clock,
    { accountId: principal.accountId, keyId, secret, idempotencyKey, request: fingerprint },
    run,
  );
}
