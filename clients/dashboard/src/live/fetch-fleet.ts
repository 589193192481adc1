/** Loads the fleet through the typed client, as far as the user may read it. */
import { type components, type Fleetbeat, LIVE_STATES, pages } from '@fleetbeat/client';
import { syncServerClock } from './clock.ts';
import type { ProgramFacts } from './program-row.ts';

type Schemas = components['schemas'];
export type MassSilence = Schemas['FleetHealth']['massSilence'];

/** Loads every live session, page by page. */
export async function fetchSessions(fleetbeat: Fleetbeat, onPage: (sessions: Schemas['Session'][]) => void) {
  const read = async (state: Schemas['Session']['state']) => {
    for await (const { sessions } of pages((page) => fleetbeat.sessions.list({ ...page, state }))) onPage(sessions);
  };
  await Promise.all(LIVE_STATES.map(read));
}

/** Pages of completed sessions that are read: enough for what a fleet did lately, without reading a whole day of a large one. */
const MAX_COMPLETE_PAGES = 10;

/** Loads the sessions that were completed last, the newest first. */
export async function fetchCompleted(fleetbeat: Fleetbeat, onPage: (sessions: Schemas['Session'][]) => void) {
  let count = 0;
  for await (const { sessions } of pages((page) => fleetbeat.sessions.list({ ...page, state: 'complete' }))) {
    onPage(sessions);
    count += 1;
    if (count >= MAX_COMPLETE_PAGES) return;
  }
}

/** Loads every program, for its name and whether it was asked to pause. */
export async function fetchPrograms(fleetbeat: Fleetbeat, onPage: (programs: Schemas['Program'][]) => void) {
  for await (const { programs } of pages((page) => fleetbeat.programs.list(page))) onPage(programs);
}

/** Loads fleet health, for admins. Also corrects the estimate of the server's clock. */
export async function fetchHealth(fleetbeat: Fleetbeat): Promise<Schemas['FleetHealth']> {
  const health = await fleetbeat.fleet.health();
  // Ages are whole seconds: the latest of these times is the closest to the server's clock.
  const serverTimes = health.programs.map(({ lastHeartbeat, heartbeatAgeSeconds }) =>
    lastHeartbeat === null ? 0 : Date.parse(lastHeartbeat) + (heartbeatAgeSeconds ?? 0) * 1000,
  );
  syncServerClock(Math.max(0, ...serverTimes));
  return health;
}

export const toProgramFacts = (health: Schemas['ProgramHealth'], tasksForAll: number): Partial<ProgramFacts> => ({
  lastHeartbeat: health.lastHeartbeat,
  state: health.state,
  pendingTasks: health.pendingTasks - tasksForAll,
  pendingMessages: health.pendingMessages,
});
