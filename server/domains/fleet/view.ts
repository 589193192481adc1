/** A program's health as the contract shows it. */
import type { components } from '../../../openapi/generated/types.ts';
import { instant, instantOrNull, SECOND } from '../../platform/clock.ts';
import { contextUsedPercent } from '../sessions/context-use.ts';
import type { MassSilenceRow } from '../sessions/mass-silence.ts';
import type { ProgramSigns } from './query.ts';
import { ageText, healthOf } from './rules.ts';

export function programHealthView(signs: ProgramSigns, now: number): components['schemas']['ProgramHealth'] {
  // A clock that was set back must not make an age negative.
  const age = signs.lastHeartbeat === null ? null : Math.max(0, now - signs.lastHeartbeat);
  return {
    programId: signs.programId,
    lastHeartbeat: instantOrNull(signs.lastHeartbeat),
    heartbeatAge: age === null ? null : ageText(age),
    heartbeatAgeSeconds: age === null ? null : Math.floor(age / SECOND),
    pendingMessages: signs.pending.messages,
    pendingTasks: signs.pending.tasks,
    state: signs.newest?.state ?? null,
    health: healthOf(signs),
    activeSessions: signs.active,
    handoffRequired: signs.newest?.handoffRequired ?? false,
    contextUsedPercent: signs.newest && contextUsedPercent(signs.newest),
  };
}

export const massSilenceView = ({ since, until, sessions, sparedUntil }: MassSilenceRow) => ({
  since: instant(since),
  until: instant(until),
  sessions,
  sparedUntil: instant(sparedUntil),
});
