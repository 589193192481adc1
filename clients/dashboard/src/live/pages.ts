/** A list that the server tells page by page. */
import type { FleetEvent } from '@fleetbeat/client';
import { useEffect, useRef } from 'preact/hooks';
import { type Loaded, useLoad } from './load.ts';
import { type Page, readPages } from './read-pages.ts';

export interface Pages<Row> extends Omit<Loaded<unknown>, 'value'> {
  /** Of all pages read so far; undefined until the first is there. */
  readonly rows: readonly Row[] | undefined;
  /** Reads one page more; absent when there is none. */
  readonly more?: () => void;
}

/** How many a page asks for. */
export const PAGE = 50;

/** Loads the first page; when news comes, as many as were shown. See `useLoad` for what `inputs` and `when` do. */
export function usePages<Row>(
  load: (cursor: { cursor?: string }) => Promise<Page<Row>>,
  inputs: readonly unknown[],
  options: { readonly when?: (event: FleetEvent) => boolean } = {},
): Pages<Row> {
  const shown = useRef({ pages: 1 });
  // Before the effect that loads, so that another choice begins with its first page.
  useEffect(() => {
    shown.current.pages = 1;
  }, [...inputs]);
  const loaded = useLoad(() => readPages(load, shown.current.pages), inputs, options);
  const more = () => {
    shown.current.pages += 1;
    loaded.reload();
  };
  const { value, error, loading, reload } = loaded;
  return { rows: value?.rows, error, loading, reload, ...(value && value.nextCursor !== null && { more }) };
}
