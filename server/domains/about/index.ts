/** What the rest of the server may use of about. */
export { aboutHandlers } from './handlers.ts';
export { metricsHandlers } from './metrics-handlers.ts';
export { PAGE_ASSETS } from './pages.ts';
