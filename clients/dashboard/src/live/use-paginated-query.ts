/** A list that the server tells page by page. */
import type { FleetEvent } from '@fleetbeat/client';
import { useEffect, useRef } from 'preact/hooks';
import { type CursorPage, fetchPages } from './fetch-pages.ts';
import { type ServerQuery, useServerQuery } from './use-server-query.ts';

export interface PaginatedQuery<Row> extends Omit<ServerQuery<unknown>, 'value'> {
  /** Of all pages read so far; undefined until the first is there. */
  readonly rows: readonly Row[] | undefined;
  /** Reads one page more; absent when there is none. */
  readonly loadMore?: () => void;
}

/** How many a page asks for. */
export const PAGE_SIZE = 50;

/** Loads the first page; when news comes, as many as were shown. See `useLoad` for what `inputs` and `when` do. */
export function usePaginatedQuery<Row>(
  load: (cursor: { cursor?: string }) => Promise<CursorPage<Row>>,
  inputs: readonly unknown[],
  options: { readonly reloadOnEvent?: (event: FleetEvent) => boolean } = {},
): PaginatedQuery<Row> {
  const shown = useRef({ pages: 1 });
  // Before the effect that loads, so that another choice begins with its first page.
  useEffect(() => {
    shown.current.pages = 1;
  }, [...inputs]);
  const loaded = useServerQuery(() => fetchPages(load, shown.current.pages), inputs, options);
  const loadMore = () => {
    shown.current.pages += 1;
    loaded.reload();
  };
  const { value, error, loading, reload } = loaded;
  return { rows: value?.rows, error, loading, reload, ...(value && value.nextCursor !== null && { loadMore }) };
}
