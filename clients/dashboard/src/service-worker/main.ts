/**
 * The offline shell: caches the files of one build, so that the application starts without a network and says so. API
 * responses are never cached: the fleet is shown live or not at all.
 */
import { isPage } from '../routes.ts';
import './push.ts';

declare const self: ServiceWorkerGlobalScope;
/** Replaced by the build. */
declare const __PRECACHE__: { readonly version: string; readonly files: readonly string[] };

const PRECACHE = __PRECACHE__;
const CACHE = `fleetbeat-${PRECACHE.version}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(PRECACHE.files.map((file) => new Request(file, { cache: 'no-cache' })));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (isPage(pathname)) event.respondWith(fetch(request).catch(() => getCached('/index.html')));
  } else if (PRECACHE.files.includes(pathname)) {
    event.respondWith(getCached(pathname));
  }
});

/** A file of this build; from the network if the browser has evicted it. */
async function getCached(path: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(path);
}
