/** A page that shows the fleet as it is. Its origin stands in the server's FLEETBEAT_CORS_ORIGINS. */
import { createFleetbeat } from '@fleetbeat/client';
import { useFleet } from '@fleetbeat/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

// Opened as …#baseUrl=…&key=…, with an admin's own key: one in the page would be everybody's.
const fleetbeat = createFleetbeat(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));

function FleetTable() {
  const { programs, connection } = useFleet(fleetbeat);
  return (
    <main>
      <h1>Fleet: {connection}</h1>
      <ul>
        {programs.map(({ programId, state, health, heartbeatAge }) => (
          <li key={programId}>
            {programId} is {state ?? 'new'}, {health} ({heartbeatAge ?? 'no heartbeat yet'})
          </li>
        ))}
      </ul>
    </main>
  );
}

createRoot(document.body.appendChild(document.createElement('div'))).render(
  <StrictMode>
    <FleetTable />
  </StrictMode>,
);
