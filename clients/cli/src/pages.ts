/** Lists that the server answers in pages, as one list. */
import type { Call } from './call.ts';
import type { Options } from './command.ts';

/** The most that the server answers at once. */
const PAGE_SIZE = 50;

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

type CursorPage<Name extends string, Item> = { readonly nextCursor: string | null } & {
  readonly [Key in Name]: readonly Item[];
};

/** Reads page after page until there are as many as wanted. `nextCursor` is not null when more are there. */
export async function collectPages<Name extends string, Item>(
  name: Name,
  { limit = PAGE_SIZE, all }: PagingOptions,
  read: (query: { limit: number; cursor?: string }) => Promise<CursorPage<Name, Item>>,
): Promise<{ readonly items: readonly Item[]; readonly nextCursor: string | null }> {
  const wanted = all ? Number.POSITIVE_INFINITY : limit;
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: CursorPage<Name, Item> = await read({
      limit: Math.min(PAGE_SIZE, wanted - items.length),
      ...(cursor && { cursor }),
    });
    items.push(...page[name]);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < wanted);
  return { items, nextCursor: cursor };
}

/** Nobody should take a part of a list for the whole. */
export function warnIfTruncated(call: Pick<Call, 'info'>, shown: number, nextCursor: string | null): void {
  if (nextCursor !== null) call.info(`These are the first ${shown}; --all lists every one.`);
}
