/** A list of many pages as one sequence. A page is fetched when the one before is used up, and not sooner. */

interface Page {
  readonly nextCursor: string | null;
}

/** As few requests as the server allows for. */
const LARGEST_PAGE = 50;

/** Every item of every page. `limit` is the size of a page. */
export async function* everyItem<Got extends Page, Item, Query extends { limit?: number; cursor?: string }>(
  fetchPage: (query: Query) => Promise<Got>,
  itemsOf: (page: Got) => readonly Item[],
  query: Query,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | null | undefined = query.cursor;
  do {
    const page: Got = await fetchPage({ limit: LARGEST_PAGE, ...query, ...(cursor && { cursor }) });
    yield* itemsOf(page);
    cursor = page.nextCursor;
  } while (cursor !== null);
}
