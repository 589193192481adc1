/** Stands where something will be. Shows itself only after a moment, so that a fast answer does not flicker. */
export const Loading = ({ what }: { readonly what: string }) => (
  <p class="loading" role="status">
    <span class="loading-mark" aria-hidden="true" />
    Loading {what}…
  </p>
);
