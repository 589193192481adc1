/** Rows as the schemas of the contract: program health and mass silence. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull, SECOND } from '../../platform/clock.ts';
import { contextUsedPercent, type MassSilenceRow } from '../sessions/index.ts';
import type { ProgramStatus } from './queries.ts';
import { formatAge, getHealth } from './rules.ts';

export function toProgramHealthView(status: ProgramStatus, now: number): components['schemas']['ProgramHealth'] {
  // A clock that was set back must not give a negative age.
  const age = status.lastHeartbeat === null ? null : Math.max(0, now - status.lastHeartbeat);
  return {
    programId: status.programId,
    lastHeartbeat: formatInstantOrNull(status.lastHeartbeat),
    heartbeatAge: age === null ? null : formatAge(age),
    heartbeatAgeSeconds: age === null ? null : Math.floor(age / SECOND),
    pendingMessages: status.pending.messages,
    pendingTasks: status.pending.tasks,
    state: status.newest?.state ?? null,
    health: getHealth(status),
    activeSessions: status.active,
    handoffRequired: status.newest?.handoffRequired ?? false,
    contextUsedPercent: status.newest && contextUsedPercent(status.newest),
  };
}

export const toMassSilenceView = ({ since, until, sessions, sparedUntil }: MassSilenceRow) => ({
  since: formatInstant(since),
  until: formatInstant(until),
  sessions,
  sparedUntil: formatInstant(sparedUntil),
});
