/** The public part of the sessions domain. */
export { countLiveSessions } from './count-live.ts';
export { deleteSessions, SESSION_DELETION_PAGE } from './delete-sessions.ts';
export { Session, type SessionRow, sessionCodec } from './entity.ts';
export { requireFence } from './fence.ts';
export { type SessionServices, sessionHandlers, toSessionReport } from './handlers.ts';
export { type Handover, SessionHandover } from './handover.ts';
export { findLastHeartbeats } from './last-heartbeats.ts';
export {
  aliveSql,
  couldHearFor,
  isAlive,
  isIdle,
  isLive,
  isStale,
  isStuck,
  LIVE_STATES,
  type LivenessContext,
  livenessAt,
  liveSql,
  staleCutoff,
} from './liveness.ts';
export { MassSilence, type MassSilenceRow } from './mass-silence.ts';
export {
  CURRENT_SESSION_ALIAS,
  lockCurrentSession,
  lockSession,
  sessionByIdQuery,
  sessionNotFound,
} from './queries.ts';
export { readPulsesAfter } from './read-pulses.ts';
export { assertCanClaim, assertNotSuperseded } from './rules.ts';
export { SessionService } from './service.ts';
export { setSessionStatus } from './set-status.ts';
export { StaleNotifier } from './stale-notifier.ts';
export { ArchivalSweep, SWEEP } from './sweep.ts';
export { SessionChange } from './timeline.ts';
export { contextUsedPercent } from './view.ts';
