/** A list of the server that is loaded page by page. */
import { type CursorPage, type FleetEvent, type PageQuery, pages } from '@fleetbeat/client';
import { useEffect, useRef } from 'preact/hooks';
import { type ServerQuery, useServerQuery } from './use-server-query.ts';

export interface PaginatedQuery<Row> extends Omit<ServerQuery<unknown>, 'value'> {
  /** The rows of all pages loaded so far; undefined until the first page is there. */
  readonly rows: readonly Row[] | undefined;
  /** Loads one more page; absent when there is none. */
  readonly loadMore?: () => void;
}

interface RowPage<Row> extends CursorPage {
  readonly rows: readonly Row[];
}

/** The first pages of a list, fewer if it has become shorter. */
async function loadPages<Row>(load: (page: PageQuery) => Promise<RowPage<Row>>, count: number): Promise<RowPage<Row>> {
  const rows: Row[] = [];
  let nextCursor: string | null = null;
  let loaded = 0;
  for await (const page of pages(load)) {
    rows.push(...page.rows);
    nextCursor = page.nextCursor;
    loaded += 1;
    if (loaded >= count) break;
  }
  return { rows, nextCursor };
}

/**
 * Loads the first page, and after an event as many pages as were shown. `inputs` and `reloadOnEvent` are those of
 * `useServerQuery`.
 */
export function usePaginatedQuery<Row>(
  load: (page: PageQuery) => Promise<RowPage<Row>>,
  inputs: readonly unknown[],
  options: { readonly reloadOnEvent?: (event: FleetEvent) => boolean } = {},
): PaginatedQuery<Row> {
  const shown = useRef({ pages: 1 });
  // Declared before the effect that loads, so that new inputs start with their first page.
  useEffect(() => {
    shown.current.pages = 1;
  }, [...inputs]);
  const loaded = useServerQuery(() => loadPages(load, shown.current.pages), inputs, options);
  const loadMore = () => {
    shown.current.pages += 1;
    loaded.reload();
  };
  const { value, error, loading, reload } = loaded;
  return { rows: value?.rows, error, loading, reload, ...(value && value.nextCursor !== null && { loadMore }) };
}
