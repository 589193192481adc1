/** Reads the fleet by the typed client, as far as whoever is signed in may. */
import { type components, type Fleetbeat, LIVE_STATES, pages } from '@fleetbeat/client';
import { syncServerClock } from './clock.ts';
import type { ProgramFacts } from './program-row.ts';

type Schemas = components['schemas'];
export type MassSilence = Schemas['FleetHealth']['massSilence'];

/** Every session that is live by its own word, as they come. */
export async function fetchSessions(fleetbeat: Fleetbeat, onPage: (sessions: Schemas['Session'][]) => void) {
  const read = async (state: Schemas['Session']['state']) => {
    for await (const { sessions } of pages((page) => fleetbeat.sessions.list({ ...page, state }))) onPage(sessions);
  };
  await Promise.all(LIVE_STATES.map(read));
}

/** Every program, with what only the list of programs tells: its name, and whether it was asked to pause. */
export async function fetchPrograms(fleetbeat: Fleetbeat, onPage: (programs: Schemas['Program'][]) => void) {
  for await (const { programs } of pages((page) => fleetbeat.programs.list(page))) onPage(programs);
}

/** How the fleet is, in one answer; for admins. It also tells the server's time. */
export async function fetchHealth(fleetbeat: Fleetbeat): Promise<Schemas['FleetHealth']> {
  const health = await fleetbeat.fleet.health();
  // An age is in whole seconds: the latest of these moments is the nearest to the server's own.
  const serverTimes = health.programs.map(({ lastHeartbeat, heartbeatAgeSeconds }) =>
    lastHeartbeat === null ? 0 : Date.parse(lastHeartbeat) + (heartbeatAgeSeconds ?? 0) * 1000,
  );
  syncServerClock(Math.max(0, ...serverTimes));
  return health;
}

export const toProgramFacts = (health: Schemas['ProgramHealth']): Partial<ProgramFacts> => ({
  lastHeartbeat: health.lastHeartbeat,
  state: health.state,
  health: health.health,
  pendingTasks: health.pendingTasks,
  pendingMessages: health.pendingMessages,
});
