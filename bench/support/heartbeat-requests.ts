/** The heartbeats of one agent, as HTTP text. */
import type { Agent } from './fleet.ts';
import { formatHttpRequest } from './load.ts';

const STATUSES = ['Reading the tests', 'Running the tests', 'Writing the fix', 'Waiting for review'];

/** `same`: a bare heartbeat. `new`: every second heartbeat has a new status, which is an event. */
export const STATUSES_BY_KIND = {
  same: ['Idle. Waiting for tasks.'],
  new: STATUSES.flatMap((status) => [status, status]),
} as const;

export type HeartbeatKind = keyof typeof STATUSES_BY_KIND;
export const HEARTBEAT_KINDS = Object.keys(STATUSES_BY_KIND) as HeartbeatKind[];

export const heartbeatRequests = ({ sessionId, key }: Agent, body: HeartbeatKind): string[] =>
  STATUSES_BY_KIND[body].map((status) =>
    formatHttpRequest({
      method: 'PATCH',
      path: `/v1/sessions/${sessionId}`,
      key,
      body: { status, lastHeartbeat: true },
    }),
  );
