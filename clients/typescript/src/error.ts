import type { components, ProblemKind } from './generated/types.js';
import { retryAfterMs } from './retry.js';

/** `about:blank` is what this client calls an answer that did not come from a Fleetbeat server. */
export type Problem = Omit<components['schemas']['Problem'], 'type'> & {
  readonly type: components['schemas']['Problem']['type'] | 'about:blank';
};

/** A request that the server rejected or could not process. `problem` says why (RFC 9457). */
export class FleetbeatError extends Error {
  override readonly name = 'FleetbeatError';

  constructor(
    readonly problem: Problem,
    /** The HTTP status. */
    readonly status: number,
    /** Seconds to wait before trying again, when the server has said so. */
    readonly retryAfter: number | null,
  ) {
    super(`${problem.title}: ${problem.detail}`);
  }

  /**
   * The kind of problem: the last part of its type, for example `session-limit-reached`. `about:blank` is an answer that
   * did not come from a Fleetbeat server. A newer server may have kinds that this version does not list.
   */
  get kind(): ProblemKind | 'about:blank' {
    return this.problem.type.replace(/^.*\//, '') as ProblemKind | 'about:blank';
  }
}

type Schemas = components['schemas'];
type OwnProblem<Kind extends ProblemKind> = Extract<
  Schemas[Extract<keyof Schemas, `${string}Problem`>],
  { readonly type: `/problems/${Kind}` }
>;

/** The problem document of a kind, with its own members: `ProblemOf<'session-superseded'>['successor']`. */
export type ProblemOf<Kind extends ProblemKind> = [OwnProblem<Kind>] extends [never] ? Problem : OwnProblem<Kind>;

/** A refusal of a known kind. */
export type ErrorOf<Kind extends ProblemKind> = FleetbeatError & {
  readonly kind: Kind;
  readonly problem: ProblemOf<Kind>;
};

/** Whether an error is a refusal of this kind: `if (isProblem(error, 'session-superseded')) log(error.problem.successor)`. */
export const isProblem = <Kind extends ProblemKind>(error: unknown, kind: Kind): error is ErrorOf<Kind> =>
  error instanceof FleetbeatError && error.kind === kind;

/** No answer: the server cannot be reached, or was too slow. Whether the last attempt took effect is unknown. */
export class FleetbeatUnreachable extends Error {
  override readonly name = 'FleetbeatUnreachable';

  constructor(
    message: string,
    /** How often it was tried. */
    readonly attempts: number,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** The body of an answer as a promise, with the answer itself for those who ask. */
export interface ApiPromise<Body> extends Promise<Body> {
  /** The body, and the HTTP response that had it: its headers have `RateLimit`, for example. The response's body is read. */
  withResponse(): Promise<WithResponse<Body>>;
}

export interface WithResponse<Body> {
  readonly data: Body;
  readonly response: Response;
  /** The server's name for the request, as in its log. */
  readonly requestId: string | null;
}

type Call<Body> = Promise<{ data?: Body; error?: unknown; response: Response }>;

/** The body of a successful answer. Anything else rejects with a `FleetbeatError`. */
export function unwrapResponse<Body>(call: Call<Body>): ApiPromise<NonNullable<Body> | Extract<Body, undefined>> {
  const body = unwrap(call);
  return Object.assign(body, {
    async withResponse() {
      const data = await body;
      const { response } = await call;
      return { data, response, requestId: response.headers.get('x-request-id') };
    },
  });
}

async function unwrap<Body>(call: Call<Body>): Promise<NonNullable<Body> | Extract<Body, undefined>> {
  const { data, error, response } = await call.catch(throwNotJson);
  if (response.ok) return data as NonNullable<Body>;
  const wait = retryAfterMs(response.headers.get('retry-after'), Date.now());
  throw new FleetbeatError(toProblem(error, response), response.status, wait === null ? null : Math.ceil(wait / 1000));
}

/** A captive portal or a wrong port answers 200 with a page, which openapi-fetch cannot parse. */
function throwNotJson(cause: unknown): never {
  if (!(cause instanceof SyntaxError)) throw cause;
  const detail = 'The answer is not JSON.';
  throw new FleetbeatError(
    { type: 'about:blank', title: 'Not a Fleetbeat server', status: 200, detail, instance: '' },
    200,
    null,
  );
}

/** The body of a refusal. A proxy between client and server may send anything. */
export function parseJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A proxy between client and server may answer without a problem document. */
function toProblem(error: unknown, response: Response): Problem {
  if (typeof error === 'object' && error !== null && 'type' in error && 'detail' in error) return error as Problem;
  const detail =
    typeof error === 'string' && error !== ''
      ? [...error.slice(0, 400)].slice(0, 200).join('')
      : 'The answer carries no problem document.';
  return {
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    detail,
    instance: '',
  };
}
