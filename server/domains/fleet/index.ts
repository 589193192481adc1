/** The public part of the fleet domain. */
export { fleetHandlers } from './handlers.ts';
export { ObservedDay, ProgramActivity } from './history-entity.ts';
export { HistoryRecorder } from './history-recorder.ts';
export { FleetHistoryService } from './history-service.ts';
export { FleetService } from './service.ts';
