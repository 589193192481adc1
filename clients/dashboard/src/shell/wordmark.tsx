/** The logo and name of Fleetbeat. */
export const Wordmark = () => (
  <span class="wordmark">
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-ground" width="32" height="32" rx="8" />
      <path class="mark-beat" d="M5 17h5l3-8 5 14 3.2-9 1.8 3h4" />
    </svg>
    <span>Fleetbeat</span>
  </span>
);
