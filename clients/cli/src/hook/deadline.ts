import type { Environment } from './paths.ts';

/** An agent waits for its start no longer than this, whatever hangs: the limits of single requests add up, and need not be kept. */
const DEADLINE_MS = 4_000;

/** Milliseconds. FLEETBEAT_HOOK_DEADLINE_MS is for slow machines, and for tests on busy ones. */
export function readDeadline(environment: Environment): number {
  const given = Number(environment['FLEETBEAT_HOOK_DEADLINE_MS']);
  return given > 0 ? given : DEADLINE_MS;
}
