/**
 * Keyset cursors: a cursor holds the sort key of a page's last row, and the next page starts right after it. Callers get it
 * bound to its list: in another list it would silently skip rows.
 */
import { createHash } from 'node:crypto';
import { type Fault, invalidField } from './faults.ts';

/** The sort key of a row: the value that sorts the list, and the id that orders rows of equal value. */
export type Keyset = readonly [sortValue: number, id: string];

export const encodeCursor = (key: Keyset): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** The key in a cursor; null without a cursor. Throws `invalid-request` when the text is not a cursor. */
export function decodeCursor(text: string | undefined): Keyset | null {
  if (text === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(key) && key.length === 2 && Number.isSafeInteger(key[0]) && typeof key[1] === 'string') {
      return key as unknown as Keyset;
    }
  } catch {
    // Not JSON, so not a cursor: the fault below says so.
  }
  throw invalidCursor();
}

/** The fault for a cursor that is none, or belongs to another list. */
export const invalidCursor = (): Fault =>
  invalidField('query', '/cursor', 'must be the nextCursor of a page of this list, with the same filters');

/** What a cursor belongs to: the account, the list and its filters. Any JSON. */
export type CursorScope = readonly unknown[];

const SCOPE_BYTES = 9;
const SCOPE_LENGTH = (SCOPE_BYTES / 3) * 4;

const hashScope = (scope: CursorScope): string =>
  createHash('sha256').update(JSON.stringify(scope)).digest().subarray(0, SCOPE_BYTES).toString('base64url');

/** The cursor as a caller gets it. It protects from mix-ups, not from forgery: queries name the account themselves. */
export const bindCursor = (cursor: string, scope: CursorScope): string => hashScope(scope) + cursor;

/** Reverses `bindCursor`. Throws `invalid-request` for a cursor of another scope. */
export function unbindCursor(text: string, scope: CursorScope): string {
  if (!text.startsWith(hashScope(scope))) throw invalidCursor();
  return text.slice(SCOPE_LENGTH);
}

/** A page of at most `limit` rows and the cursor of the next. Pass `limit + 1` rows: the extra one shows that there is a next page. */
export function toPage<Row>(rows: readonly Row[], limit: number, getKey: (row: Row) => Keyset) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last ? encodeCursor(getKey(last)) : null };
}
