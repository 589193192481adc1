/** Rows as the schemas of the contract: program health and mass silence. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull, SECOND } from '../../platform/clock.ts';
import { contextUsedPercent, type MassSilenceRow } from '../sessions/index.ts';
import type { ProgramStatus } from './queries.ts';
import { formatAge, getHealth } from './rules.ts';

export function toProgramHealthView(status: ProgramStatus, now: number): components['schemas']['ProgramHealth'] {
  const { session } = status;
  // A clock that was set back must not give a negative age.
  const age = session && Math.max(0, now - session.lastHeartbeat);
  return {
    programId: status.programId,
    lastHeartbeat: formatInstantOrNull(session?.lastHeartbeat ?? null),
    heartbeatAge: age === null ? null : formatAge(age),
    heartbeatAgeSeconds: age === null ? null : Math.floor(age / SECOND),
    pendingMessages: status.pending.messages,
    pendingTasks: status.pending.tasks,
    state: session?.state ?? null,
    health: getHealth(status),
    activeSessions: status.active,
    handoffRequired: session?.handoffRequired ?? false,
    contextUsedPercent: session && contextUsedPercent(session),
  };
}

export const toMassSilenceView = ({ since, until, sessions, sparedUntil }: MassSilenceRow) => ({
  since: formatInstant(since),
  until: formatInstant(until),
  sessions,
  sparedUntil: formatInstant(sparedUntil),
});
