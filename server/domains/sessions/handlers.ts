/** The handlers of sessions. */
import { type Clock, formatInstant } from '../../platform/clock.ts';
import { REQUEST_MS } from '../../platform/database/time-limits.ts';
import { requireMatchingId } from '../../platform/faults.ts';
import { created, type Handlers, type RequestContext } from '../../platform/operations.ts';
import { EXPIRY_NOTICE_MS, type Principal } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { getDeadline } from '../../platform/with-timeout.ts';
import type { SessionRow } from './entity.ts';
import { livenessAt } from './liveness.ts';
import { nextHeartbeatInSeconds } from './rules.ts';
import type { SessionService } from './service.ts';
import { toChangeView, toSessionView } from './view.ts';

/** Provided by the fleet domain. */
interface ProgramNotices {
  getProgramNotices(
    principal: Principal,
    programId: string | null,
    deadline?: number,
  ): Promise<{ readonly tasks: number; readonly messages: number; readonly paused: boolean }>;
}

export interface SessionServices {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly sessions: SessionService;
  readonly fleet: ProgramNotices;
}

export const sessionHandlers: Handlers<
  'createSession' | 'listSessions' | 'getSession' | 'updateSession' | 'reportTurnLimit' | 'getSessionTimeline',
  SessionServices
> = {
  async createSession({ body }, context) {
    const { created: isNew, session } = await context.services.sessions.create(context.principal, body);
    const report = await toSessionReport(session, context);
    return isNew ? created(`/v1/sessions/${session.sessionId}`, report) : { status: 200, body: report };
  },

  async updateSession({ path, body }, context) {
    const { sessionId, ...update } = body;
    requireMatchingId('sessionId', path.sessionId, sessionId);
    const deadline = getDeadline(REQUEST_MS);
    const session = await context.services.sessions.update(context.principal, path.sessionId, update);
    return { status: 200, body: await toSessionReport(session, context, deadline) };
  },

  async reportTurnLimit({ path, body }, context) {
    const session = await context.services.sessions.reportTurnLimit(context.principal, path.sessionId, body);
    return { status: 200, body: await toSessionReport(session, context) };
  },

  async getSession({ path }, { principal, services }) {
    const session = await services.sessions.get(principal, path.sessionId);
    const handover = await services.sessions.handover(session);
    const view = toSessionView(session, livenessAt(services.clock, services.settings));
    return { status: 200, body: handover ? { ...view, handover } : view };
  },

  async getSessionTimeline({ path, query: { limit = 100, cursor } }, { principal, services }) {
    const { page, nextCursor } = await services.sessions.timeline(principal, path.sessionId, { limit, cursor });
    return { status: 200, body: { changes: page.map(toChangeView), nextCursor } };
  },

  async listSessions({ query }, { principal, services }) {
    const { rows, nextCursor } = await services.sessions.list(principal, query);
    const at = livenessAt(services.clock, services.settings);
    return {
      status: 200,
      body: { sessions: rows.map((row) => toSessionView(row, at)), nextCursor },
    };
  },
};

/** The session with the notices for its program, so that an agent that sends heartbeats need not poll. */
export async function toSessionReport(
  session: SessionRow,
  { principal, services: { clock, settings, fleet } }: RequestContext<SessionServices>,
  deadline?: number,
) {
  const notices = await fleet.getProgramNotices(principal, session.programId, deadline);
  const keyExpiresAt = getNoticedExpiry(principal, clock.now());
  return {
    ...toSessionView(session, livenessAt(clock, settings)),
    pendingTasks: notices.tasks,
    pendingMessages: notices.messages,
    programPaused: notices.paused,
    nextHeartbeatInSeconds: nextHeartbeatInSeconds(settings.staleAfterMs),
    ...(keyExpiresAt !== null && { keyExpiresAt: formatInstant(keyExpiresAt) }),
  };
}

/** When the key expires, if the caller should be told now; else null. Tokens are renewed by their clients. */
const getNoticedExpiry = ({ expiresAt, connectionId }: Principal, now: number): number | null =>
  expiresAt !== null && connectionId === undefined && expiresAt - now <= EXPIRY_NOTICE_MS ? expiresAt : null;
