/** Keyset cursors: the sort key of the last row of a page, so that the next page starts exactly behind it. */
import { invalidField } from './faults.ts';

export type Keyset = readonly [moment: number, id: string];

export const encodeCursor = (key: Keyset): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Throws `invalid-request` when the text is not a cursor of ours. */
export function decodeCursor(text: string | undefined): Keyset | null {
  if (text === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(key) && key.length === 2 && Number.isSafeInteger(key[0]) && typeof key[1] === 'string') {
      return key as unknown as Keyset;
    }
  } catch {
    // Not JSON, so not a cursor of ours: the fault below says so.
  }
  throw invalidField('query', '/cursor', 'must be the nextCursor of a page that was read before');
}

/** A page of at most `limit` rows out of rows that were read with one row more than that. */
export function toPage<Row>(rows: readonly Row[], limit: number, getKey: (row: Row) => Keyset) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last ? encodeCursor(getKey(last)) : null };
}
