/** Lists that come page by page. Pure but for what it is given. */

export interface CursorPage<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}

/** The first pages of a list, at most as many as asked for. */
export async function fetchPages<Row>(
  load: (cursor: { cursor?: string }) => Promise<CursorPage<Row>>,
  pages: number,
): Promise<CursorPage<Row>> {
  const rows: Row[] = [];
  let nextCursor: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const next: CursorPage<Row> = await load(nextCursor === null ? {} : { cursor: nextCursor });
    rows.push(...next.rows);
    nextCursor = next.nextCursor;
    if (nextCursor === null) break;
  }
  return { rows, nextCursor };
}
