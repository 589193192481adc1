/** A change that depends on what is stored, right also when several writers make it at once. Needs a program's key. */
import { createFleetbeat } from '@fleetbeat/client';

const fleetbeat = createFleetbeat();
const programId = (await fleetbeat.me()).programId ?? '';

const countOne = () =>
  fleetbeat.state.change(programId, ({ baselines }) => ({
    baselines: { sessionsCompleted: baselines.sessionsCompleted + 1 },
  }));
await Promise.all([countOne(), countOne(), countOne()]);
const { baselines } = await fleetbeat.state.read(programId);
console.log(`Counted ${baselines.sessionsCompleted}`);
