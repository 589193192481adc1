/** What the rest of the server may use of fleet. */
export { fleetHandlers } from './handlers.ts';
export { FleetService } from './service.ts';
