/** The heartbeats of one agent, as they go over the wire. */
import type { Agent } from './fleet.ts';
import { httpText } from './load.ts';

const STATUSES = ['Reading the tests', 'Running the tests', 'Writing the fix', 'Waiting for review'];

/** `same`: a heartbeat and nothing else. `new`: every second heartbeat tells a new status, which is an event. */
export const STATUSES_OF = {
  same: ['Idle. Waiting for tasks.'],
  new: STATUSES.flatMap((status) => [status, status]),
} as const;

export type Body = keyof typeof STATUSES_OF;
export const BODIES = Object.keys(STATUSES_OF) as Body[];

export const heartbeats = ({ sessionId, key }: Agent, body: Body): string[] =>
  STATUSES_OF[body].map((status) =>
    httpText({ method: 'PATCH', path: `/v1/sessions/${sessionId}`, key, body: { status, lastHeartbeat: true } }),
  );
