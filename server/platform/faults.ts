/** Domain errors. `http/problem.ts` turns a fault's kind into a status and a problem document. */
import type { PROBLEMS } from '../../openapi/generated/problems.ts';
import type { components } from '../../openapi/generated/types.ts';

export type FaultKind = keyof typeof PROBLEMS;

/** An invalid field: its location, its JSON pointer (without the #), and what a valid value is. */
export interface FieldFault {
  readonly in: 'body' | 'query' | 'path' | 'header';
  readonly pointer: string;
  readonly message: string;
}

type Problem = components['schemas']['Problem'];
/** Extension members of a problem document (RFC 9457, section 3.2). */
export type ProblemExtensions = Pick<
  Problem,
  | 'tier'
  | 'limit'
  | 'active'
  | 'inTheWay'
  | 'successor'
  | 'answeredBy'
  | 'answeredAt'
  | 'claimedBy'
  | 'claimedSession'
  | 'currentVersion'
  | 'retryAfterSeconds'
  | 'oldestEvent'
  | 'latestEvent'
>;

/** An expected error: it reaches the caller as a problem document. Every other error is a 500. */
export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    readonly kind: FaultKind,
    /** What went wrong in this request and how to fix it; shown to the caller. */
    readonly detail: string,
    readonly extensions: ProblemExtensions = {},
    readonly fields: readonly FieldFault[] = [],
    /** The underlying error: logged, never shown to the caller. */
    cause?: unknown,
  ) {
    super(detail, { cause });
  }
}

/** Throws `invalid-request` when the body contains the id of the path with another value. */
export function requireMatchingId(field: string, inPath: string, inBody: string | undefined): void {
  if (inBody === undefined || inBody === inPath) return;
  throw invalidField('body', `/${field}`, `must be '${inPath}', as in the path, or be left out`);
}

/** The fault for invalid input that the schema cannot express. */
export const invalidField = (location: FieldFault['in'], pointer: string, message: string): Fault =>
  new Fault('invalid-request', `${pointer.replace(/^\//, '')}: ${message}`, {}, [{ in: location, pointer, message }]);
