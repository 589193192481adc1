/** The public part of the boot domain. */
export { bootHandlers } from './handlers.ts';
