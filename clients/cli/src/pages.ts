/** The pages of a list as one list, with the options `--limit` and `--all`. */
import { type CursorPage, type PageQuery, pages } from '@fleetbeat/client';
import type { Call } from './call.ts';
import type { Options } from './command-line.ts';

const DEFAULT_LIMIT = 50;
const MAX_PAGE_SIZE = 50;

/** The options of every list. */
export const PAGING_OPTIONS = {
  limit: {
    type: 'number',
    value: 'count',
    integer: true,
    min: 1,
    short: 'n',
    summary: 'so many at most; 50 unless told',
  },
  all: { type: 'flag', short: 'a', summary: 'every one, however many there are' },
} as const satisfies Options;

interface PagingOptions {
  readonly limit?: number;
  readonly all?: true;
}

type NamedPage<Name extends string, Item> = CursorPage & { readonly [Key in Name]: readonly Item[] };

/** Reads pages until there are as many items as wanted. `nextCursor` is where the rest begins; null when there is none. */
export async function collectPages<Name extends string, Item>(
  name: Name,
  { limit = DEFAULT_LIMIT, all }: PagingOptions,
  read: (query: PageQuery) => Promise<NamedPage<Name, Item>>,
): Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }> {
  const wanted = all ? Number.POSITIVE_INFINITY : limit;
  const items: Item[] = [];
  // The last page is cut to what is still wanted: otherwise its cursor would skip items.
  const readWanted = (query: PageQuery) => read({ ...query, limit: Math.min(MAX_PAGE_SIZE, wanted - items.length) });
  for await (const page of pages(readWanted)) {
    items.push(...page[name]);
    if (items.length >= wanted) return { items, nextCursor: page.nextCursor };
  }
  return { items, nextCursor: null };
}

/** Says on standard error that a list is not whole. */
export function warnIfTruncated(call: Pick<Call, 'info'>, shown: number, nextCursor: string | null): void {
  if (nextCursor !== null) call.info(`These are the first ${shown}; --all lists every one.`);
}
