/** Lists that come page by page. Pure but for what it is given. */

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}

/** The first pages of a list, at most as many as asked for. */
export async function readPages<Row>(
  load: (cursor: { cursor?: string }) => Promise<Page<Row>>,
  pages: number,
): Promise<Page<Row>> {
  const rows: Row[] = [];
  let nextCursor: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const next: Page<Row> = await load(nextCursor === null ? {} : { cursor: nextCursor });
    rows.push(...next.rows);
    nextCursor = next.nextCursor;
    if (nextCursor === null) break;
  }
  return { rows, nextCursor };
}
