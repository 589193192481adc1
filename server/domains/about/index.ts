/** The public interface of the domain about. */
export { aboutHandlers } from './handlers.ts';
export { metricsHandlers } from './metrics-handlers.ts';
export { errorPage, findGuidePage, PAGE_ASSETS } from './pages/index.ts';
