/** Registers the service worker. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // Without it, only offline start and notifications are missing.
  navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ show?: unknown }>) => {
    if (typeof data?.show !== 'string') return;
    history.pushState(null, '', data.show);
    dispatchEvent(new PopStateEvent('popstate'));
  });
}
