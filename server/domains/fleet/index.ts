/** The public part of the fleet domain. */
export { fleetHandlers } from './handlers.ts';
export { FleetService } from './service.ts';
