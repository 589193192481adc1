/** A list of many pages as one sequence. A page is fetched when the one before is used up, and not sooner. */

interface CursorPage {
  readonly nextCursor: string | null;
}

/** As few requests as the server allows for. */
const MAX_PAGE_SIZE = 50;

/** Every item of every page. `limit` is the size of a page. */
export async function* paginate<
  FetchedPage extends CursorPage,
  Item,
  Query extends { limit?: number; cursor?: string },
>(
  fetchPage: (query: Query) => Promise<FetchedPage>,
  getItems: (page: FetchedPage) => readonly Item[],
  query: Query,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | null | undefined = query.cursor;
  do {
    const page: FetchedPage = await fetchPage({ limit: MAX_PAGE_SIZE, ...query, ...(cursor && { cursor }) });
    yield* getItems(page);
    cursor = page.nextCursor;
  } while (cursor !== null);
}
