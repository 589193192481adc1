import type { components } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import { percent } from '../sessions/columns.ts';
import type { Column } from '../table.ts';

type Health = components['schemas']['ProgramHealth'];

/** A program of the fleet as a row. `now` is by the server's clock. */
export const programColumns = (now: () => number): readonly Column<Health>[] => [
  { title: 'PROGRAM', text: ({ programId }) => programId, minWidth: 12 },
  {
    title: 'HEALTH',
    text: ({ health }) => health,
    colour: ({ health }, paint) =>
      ({ healthy: paint.good, stale: paint.warn, idle: paint.dim, offline: paint.dim })[health],
  },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'HEARTBEAT', text: ({ lastHeartbeat }) => formatAge(lastHeartbeat, now()), align: 'right' },
  { title: 'LIVE', text: ({ activeSessions }) => activeSessions, align: 'right' },
  { title: 'TASKS', text: ({ pendingTasks }) => pendingTasks, align: 'right' },
  { title: 'MESSAGES', text: ({ pendingMessages }) => pendingMessages, align: 'right' },
  { title: 'CTX', text: ({ contextUsedPercent }) => percent(contextUsedPercent), align: 'right', dropOrder: 1 },
  {
    title: 'HANDOFF',
    text: ({ handoffRequired }) => (handoffRequired ? 'wanted' : null),
    colour: (_health, paint) => paint.warn,
    dropOrder: 2,
  },
];
