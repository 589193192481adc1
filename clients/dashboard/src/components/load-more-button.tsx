/** Loads the next page of a list. */
import type { PaginatedQuery } from '../live/use-paginated-query.ts';

interface LoadMoreButtonProps {
  readonly pages: PaginatedQuery<unknown>;
  /** The items, in the plural. */
  readonly what: string;
}

export const LoadMoreButton = ({ pages, what }: LoadMoreButtonProps) =>
  pages.loadMore ? (
    <button type="button" class="button below" disabled={pages.loading} onClick={pages.loadMore}>
      {pages.loading ? 'Loading…' : `Show more ${what}`}
    </button>
  ) : null;
