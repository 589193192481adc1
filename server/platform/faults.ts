/** What can go wrong, in the words of the domain. `http/problem.ts` turns a kind into a status and a document. */
import type { PROBLEMS } from '../../openapi/generated/problems.ts';
import type { components } from '../../openapi/generated/types.ts';

export type FaultKind = keyof typeof PROBLEMS;

/** One wrong field: where it stands, which it is (a JSON pointer without the #), and what would be right. */
export interface FieldFault {
  readonly in: 'body' | 'query' | 'path' | 'header';
  readonly pointer: string;
  readonly message: string;
}

/** Members that a problem document carries beside the standard ones (RFC 9457, section 3.2). */
type Problem = components['schemas']['Problem'];
export type ProblemExtensions = Pick<
  Problem,
  | 'tier'
  | 'limit'
  | 'active'
  | 'inTheWay'
  | 'successor'
  | 'claimedBy'
  | 'claimedSession'
  | 'currentVersion'
  | 'retryAfterSeconds'
  | 'oldestEvent'
  | 'latestEvent'
>;

export class Fault extends Error {
  override readonly name = 'Fault';

  constructor(
    readonly kind: FaultKind,
    /** What went wrong this time and what would be right; shown to the caller. */
    readonly detail: string,
    readonly extensions: ProblemExtensions = {},
    readonly fields: readonly FieldFault[] = [],
    /** What lies behind it; goes to the log, never to the caller. */
    cause?: unknown,
  ) {
    super(detail, { cause });
  }
}

/** Throws `invalid-request` when the body repeats an id of the path as another one. */
export function requireMatchingId(field: string, inPath: string, inBody: string | undefined): void {
  if (inBody === undefined || inBody === inPath) return;
  throw invalidField('body', `/${field}`, `must be '${inPath}', as in the path, or be left out`);
}

/** Bad input that no schema can see. */
export const invalidField = (location: FieldFault['in'], pointer: string, message: string): Fault =>
  new Fault('invalid-request', `${pointer.replace(/^\//, '')}: ${message}`, {}, [{ in: location, pointer, message }]);
