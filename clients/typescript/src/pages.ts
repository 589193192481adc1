/** Lists that come in pages. A page is requested when the previous one is used up, and not sooner. */

export interface CursorPage {
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

/** The largest page that the server returns. */
const MAX_PAGE_SIZE = 50;

/**
 * Every page of a list, beginning at a cursor if there is one:
 * `for await (const { sessions } of pages((page) => fleetbeat.sessions.list({ ...page, state: 'working' })))`.
 */
export async function* pages<Page extends CursorPage>(
  fetchPage: (query: PageQuery) => Promise<Page>,
  { limit = MAX_PAGE_SIZE, cursor }: { readonly limit?: number; readonly cursor?: string } = {},
): AsyncGenerator<Page, void, undefined> {
  let next: string | null | undefined = cursor;
  do {
    const page: Page = await fetchPage({ limit, ...(next && { cursor: next }) });
    yield page;
    next = page.nextCursor;
  } while (next !== null);
}

/** What the one list of a page holds. */
export type ItemOf<Page> = Extract<Page[keyof Page], readonly unknown[]>[number];

/** Every item of every page. `limit` is the size of a page. */
export async function* paginate<
  Page extends CursorPage,
  Query extends { readonly limit?: number; readonly cursor?: string },
>(fetchPage: (query: Query) => Promise<Page>, query: Query | undefined): AsyncGenerator<ItemOf<Page>, void, undefined> {
  for await (const page of pages((each) => fetchPage({ ...query, ...each } as Query), query))
    yield* Object.values(page).find(Array.isArray) as readonly ItemOf<Page>[];
}
