/** Who runs, how the fleet is, and what happens. Needs an admin's key. */
import { createFleetbeat, FleetbeatError } from '@fleetbeat/client';

const fleetbeat = createFleetbeat({ retries: 5, timeoutMs: 10_000 });

try {
  const { programs } = await fleetbeat.fleet.health();
  for (const { programId, health, heartbeatAge } of programs)
    console.log(`${programId} is ${health} (${heartbeatAge})`);
} catch (error) {
  if (error instanceof FleetbeatError && error.kind === 'forbidden') console.error(error.problem.detail);
  throw error;
}
for await (const { name, state } of fleetbeat.sessions.all({ includeArchived: true })) console.log(`${name}: ${state}`);
for await (const { type, sessionId } of fleetbeat.events({ after: 0, types: ['session.created'] })) {
  console.log(`${type} ${sessionId}`);
  break; // A real watcher goes on: the loop survives lost connections.
}
