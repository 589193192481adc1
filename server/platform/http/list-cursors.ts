/** Binds the cursors of every list to the list, its filters and the caller, in one place for all operations. */
import { bindCursor, type CursorScope, unbindCursor } from '../cursor.ts';
import type { OperationId } from '../operations.ts';
import type { Principal } from '../principal.ts';

type Query = Readonly<Record<string, unknown>>;

interface ListRequest {
  readonly operationId: OperationId;
  readonly pathParams: Readonly<Record<string, string>>;
  /** Validated, so that defaults are filled in. */
  readonly query: Query;
  readonly principal: Principal;
}

/** The scope of a list's cursors. The page size may change from page to page. */
export function getCursorScope({ operationId, pathParams, query, principal }: ListRequest): CursorScope {
  const { cursor: _cursor, limit: _limit, ...filters } = query;
  const byName = Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1));
  // What a program sees of a list is its own part of it.
  return [operationId, principal.accountId, principal.programId, pathParams, byName];
}

/** The query as a handler reads it. Throws `invalid-request` for a cursor of another list. */
export const readCursor = (query: Query, scope: CursorScope): Query =>
  typeof query['cursor'] === 'string' ? { ...query, cursor: unbindCursor(query['cursor'], scope) } : query;

/** The page as a caller gets it. */
export function writeCursor(body: unknown, scope: CursorScope): unknown {
  const { nextCursor } = body as { readonly nextCursor: string | null };
  return nextCursor === null ? body : { ...(body as object), nextCursor: bindCursor(nextCursor, scope) };
}
