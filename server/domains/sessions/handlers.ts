/** Operation → service → view, for the operations of sessions. */

import type { Clock } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import { requireSame } from '../../platform/faults.ts';
import type { Context, Handlers } from '../../platform/operations.ts';
import type { Settings } from '../../platform/settings.ts';
import type { SessionRow } from './entity.ts';
import { nextHeartbeatInSeconds } from './rules.ts';
import type { SessionService } from './service.ts';
import { changeView, sessionView } from './view.ts';

/** What waits for a program; the fleet counts it. */
interface PendingWork {
  news(
    principal: Principal,
    programId: string | null,
  ): Promise<{ readonly tasks: number; readonly messages: number; readonly paused: boolean }>;
}

export interface SessionServices {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly sessions: SessionService;
  readonly fleet: PendingWork;
}

export const sessionHandlers: Handlers<
  'createSession' | 'listSessions' | 'getSession' | 'updateSession' | 'getSessionTimeline',
  SessionServices
> = {
  async createSession({ body }, context) {
    const { made, session } = await context.services.sessions.create(context.principal, body);
    return { status: made ? 201 : 200, body: await report(session, context) };
  },

  async updateSession({ path, body }, context) {
    const { sessionId, ...update } = body;
    requireSame('sessionId', path.sessionId, sessionId);
    const session = await context.services.sessions.update(context.principal, path.sessionId, update);
    return { status: 200, body: await report(session, context) };
  },

  async getSession({ path }, { principal, services }) {
    const session = await services.sessions.get(principal, path.sessionId);
    return { status: 200, body: sessionView(session, services.clock.now(), services.settings) };
  },

  async getSessionTimeline({ path, query: { limit = 100, cursor } }, { principal, services }) {
    const { page, nextCursor } = await services.sessions.timeline(principal, path.sessionId, { limit, cursor });
    return { status: 200, body: { changes: page.map(changeView), nextCursor } };
  },

  async listSessions({ query }, { principal, services }) {
    const { rows, nextCursor } = await services.sessions.list(principal, query);
    const now = services.clock.now();
    return { status: 200, body: { sessions: rows.map((row) => sessionView(row, now, services.settings)), nextCursor } };
  },
};

/** The session as it now is, and what its program should know: an agent that heartbeats need not poll. */
export async function report(
  session: SessionRow,
  { principal, services: { clock, settings, fleet } }: Context<SessionServices>,
) {
  const news = await fleet.news(principal, session.programId);
  return {
    ...sessionView(session, clock.now(), settings),
    pendingTasks: news.tasks,
    pendingMessages: news.messages,
    programPaused: news.paused,
    nextHeartbeatInSeconds: nextHeartbeatInSeconds(settings.staleAfterMs),
  };
}
