/** One event, told to the server so that telling it again changes nothing. */
import type { Fleetbeat } from '@fleetbeat/client';
import { mergeHandoff } from './handoff.ts';
import { classifyError } from './hook-client.ts';
import type { Environment, ProgramConnection } from './paths.ts';
import { SessionCache } from './session-cache.ts';
import type { HookEvent } from './spool.ts';
import { type StartedSession, sessionName, startSession } from './start-session.ts';

export interface Delivery {
  readonly environment: Environment;
  readonly connection: ProgramConnection;
  readonly server: Fleetbeat;
  /** Milliseconds. */
  readonly now: () => number;
}

/** An event that waited for longer than this may be older than what the server knows. */
const LATE_AFTER_MS = 10_000;

/** What a start is answered with; null for other moments. Throws what the server or the network threw. */
export async function deliver(delivery: Delivery, event: HookEvent): Promise<StartedSession | null> {
  const cache = new SessionCache(delivery.environment, event.programId, event.sessionId);
  const sessionId = cache.read('alias') ?? event.sessionId;
  if (event.moment === 'start') return await start(delivery, cache, event, sessionId);
  const report = await update(delivery, cache, event, sessionId);
  if (report) cache.write('seen', report.updatedAt);
  await writeHandoff(delivery, event, sessionId);
  return null;
}

async function start({ connection, server }: Delivery, cache: SessionCache, event: HookEvent, sessionId: string) {
  const started = await startSession({ server, event, context: contextSizes(event, connection) }, cache, sessionId);
  cache.write('seen', started.updatedAt);
  if (event.handoffRequired === false && started.handoffRequired) {
    const { updatedAt } = await server.sessions.update(started.sessionId, {
      status: event.status,
      handoffRequired: false,
    });
    cache.write('seen', updatedAt);
  }
  return started;
}

/** Null when the server knows something newer. */
async function update({ connection, server, now }: Delivery, cache: SessionCache, event: HookEvent, sessionId: string) {
  const { status, state, handoffRequired } = event;
  const change = {
    status,
    ...(state && { state }),
    ...(handoffRequired !== undefined && { handoffRequired }),
    ...contextSizes(event, connection),
  };
  const isLate = now() - event.at > LATE_AFTER_MS;
  try {
    if (isLate && (await hasNewerUpdate(server, cache, event, sessionId, now))) return null;
    // What is told late is no sign of life of now.
    return await server.sessions.update(sessionId, { ...change, ...(!isLate && { lastHeartbeat: true }) });
  } catch (error) {
    if (classifyError(error) !== 'gone') throw error;
    const session = { sessionId, name: sessionName(event), projectName: event.project.slice(0, 100), ...change };
    return await server.sessions.create(session);
  }
}

/** Whether somebody else has written to the session after the event happened; the two clocks are compared by the Date of the answer. */
async function hasNewerUpdate(server: Fleetbeat, cache: SessionCache, event: HookEvent, id: string, now: () => number) {
  const { data, response } = await server.api.GET('/v1/sessions/{sessionId}', { params: { path: { sessionId: id } } });
  if (!data || data.updatedAt === cache.read('seen')) return false;
  const serverTime = Date.parse(response.headers.get('date') ?? '');
  const ahead = Number.isNaN(serverTime) ? 0 : serverTime - now();
  return Date.parse(data.updatedAt) - ahead > event.at;
}

/** The hooks' part of the notes; written only against the state that was read, so that nothing written meanwhile is lost. */
async function writeHandoff({ server }: Delivery, event: HookEvent, sessionId: string): Promise<void> {
  const { handoff, at, programId } = event;
  if (!handoff) return;
  await server.state.change(programId, (state) => {
    const contextSummary = mergeHandoff(state.contextSummary, handoff, sessionId, new Date(at));
    return contextSummary && { sessionId, contextSummary };
  });
}

const contextSizes = ({ contextBytes }: HookEvent, { contextLimitBytes }: ProgramConnection) => ({
  ...(contextBytes !== undefined && { contextBytes, ...(contextLimitBytes && { contextLimitBytes }) }),
});
