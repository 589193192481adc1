/** Loading indicator. Appears after a short delay, so that a fast answer causes no flicker. */
export const Loading = ({ what }: { readonly what: string }) => (
  <p class="loading" role="status">
    <span class="loading-mark" aria-hidden="true" />
    Loading {what}…
  </p>
);

/** The outline of a list while it loads: no number or word that would be wrong. */
export const RowSkeleton = ({ what }: { readonly what: string }) => (
  <div class="skeleton" role="status" aria-label={`Loading ${what}…`}>
    {[1, 2, 3, 4, 5, 6].map((row) => (
      <span key={row} class="skeleton-row" aria-hidden="true" />
    ))}
  </div>
);
