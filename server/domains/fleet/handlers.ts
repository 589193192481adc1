/** The handlers of fleet operations: service calls, and their results as views. */
import type { Clock } from '../../platform/clock.ts';
import type { Handlers } from '../../platform/operations.ts';
import type { FleetHistoryService } from './history-service.ts';
import type { FleetService } from './service.ts';
import { toMassSilenceView, toProgramHealthView } from './view.ts';

export const fleetHandlers: Handlers<
  'getFleetHealth' | 'getFleetHistory' | 'endMassSilence',
  { readonly clock: Clock; readonly fleet: FleetService; readonly fleetHistory: FleetHistoryService }
> = {
  async getFleetHealth(_request, { principal, services }) {
    const { programs, tasksForAll } = await services.fleet.health(principal);
    const now = services.clock.now();
    const silence = await services.fleet.massSilence(principal);
    const massSilence = silence && toMassSilenceView(silence);
    const rows = programs.map((status) => toProgramHealthView(status, now));
    return { status: 200, body: { programs: rows, pendingTasksForAll: tasksForAll, massSilence } };
  },

  async getFleetHistory({ query: { range = '24h', programId, limit = 50, cursor } }, { principal, services }) {
    return { status: 200, body: await services.fleetHistory.read(principal, { range, programId, limit, cursor }) };
  },

  async endMassSilence(_request, { principal, services }) {
    await services.fleet.endMassSilence(principal);
    return { status: 204, body: undefined };
  },
};
