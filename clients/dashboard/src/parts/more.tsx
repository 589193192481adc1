/** The way to the next page of a list. */
import type { Pages } from '../live/pages.ts';

interface MoreProps {
  readonly pages: Pages<unknown>;
  /** What is listed, in the plural. */
  readonly what: string;
}

export const More = ({ pages, what }: MoreProps) =>
  pages.more ? (
    <button type="button" class="button below" disabled={pages.loading} onClick={pages.more}>
      {pages.loading ? 'Loading…' : `Show more ${what}`}
    </button>
  ) : null;
