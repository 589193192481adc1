/** Keyset cursors: a cursor holds the sort key of a page's last row, and the next page starts right after it. */
import { invalidField } from './faults.ts';

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
  throw invalidField('query', '/cursor', 'must be the nextCursor of a page that was read before');
}

/** A page of at most `limit` rows and the cursor of the next. Pass `limit + 1` rows: the extra one shows that there is a next page. */
export function toPage<Row>(rows: readonly Row[], limit: number, getKey: (row: Row) => Keyset) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last ? encodeCursor(getKey(last)) : null };
}
