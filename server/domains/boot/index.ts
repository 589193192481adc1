/** What the rest of the server may use of boot. */
export { bootHandlers } from './handlers.ts';
