/** Operation → service → view, for the fleet as a whole. */
import type { Handlers } from '../operations.ts';
import { programHealthView } from './view.ts';

export const fleetHandlers: Handlers<'getFleetHealth'> = {
  async getFleetHealth(_request, { principal, services }) {
    const programs = await services.fleet.health(principal);
    const now = services.clock.now();
    return { status: 200, body: { programs: programs.map((signs) => programHealthView(signs, now)) } };
  },
};
