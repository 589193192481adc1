/** The service worker's side in the page. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    // Without it only the offline start and notifications are missing.
    navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  });
}
