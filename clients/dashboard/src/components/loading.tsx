/** Loading indicator. Appears after a short delay, so that a fast answer causes no flicker. */
export const Loading = ({ what }: { readonly what: string }) => (
  <p class="loading" role="status">
    <span class="loading-mark" aria-hidden="true" />
    Loading {what}…
  </p>
);
