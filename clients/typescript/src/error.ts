import type { components } from './generated/types.js';
import { retryAfterMs } from './retry.js';

type Problem = components['schemas']['Problem'];

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

  /** The kind of problem: the last part of its type, for example `session-limit-reached`. */
  get kind(): string {
    return this.problem.type.replace(/^.*\//, '');
  }
}

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

/** The body of a successful answer. Anything else rejects with a `FleetbeatError`. */
export async function unwrapResponse<Body>(
  call: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<NonNullable<Body> | Extract<Body, undefined>> {
  const { data, error, response } = await call;
  if (response.ok) return data as NonNullable<Body>;
  const wait = retryAfterMs(response.headers.get('retry-after'), Date.now());
  throw new FleetbeatError(toProblem(error, response), response.status, wait === null ? null : Math.ceil(wait / 1000));
}

/** A proxy between client and server may answer without a problem document. */
function toProblem(error: unknown, response: Response): Problem {
  if (typeof error === 'object' && error !== null && 'type' in error && 'detail' in error) return error as Problem;
  const detail =
    typeof error === 'string' && error !== '' ? error.slice(0, 200) : 'The answer carries no problem document.';
  return {
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    detail,
    instance: '',
  };
}
