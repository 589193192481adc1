/** The public interface of the domain about. */
export { aboutHandlers } from './handlers.ts';
export { metricsHandlers } from './metrics-handlers.ts';
export { PAGE_ASSETS } from './pages.ts';
