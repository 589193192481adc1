/** Sends one event to the server, in such a way that sending it again changes nothing. */
import type { Fleetbeat } from '@fleetbeat/client';
import { mergeHandoff } from './handoff.ts';
import { classifyError, concernsAll } from './hook-client.ts';
import type { Environment, ProgramConnection } from './paths.ts';
import { SessionCache } from './session-cache.ts';
import type { HookEvent } from './spool.ts';
import { projectName, type StartedSession, sessionName, startSession } from './start-session.ts';

export interface Delivery {
  readonly environment: Environment;
  readonly connection: ProgramConnection;
  readonly server: Fleetbeat;
  /** Milliseconds. */
  readonly now: () => number;
}

/** After waiting for longer than this an event may be older than what the server knows. */
const LATE_AFTER_MS = 10_000;

/** Resolves with the answer to a start, and with null for other events. Throws what the server or the network threw. */
export async function deliver(delivery: Delivery, event: HookEvent): Promise<StartedSession | null> {
  const cache = new SessionCache(delivery.environment, event.programId, event.sessionId);
  const sessionId = cache.read('alias') ?? event.sessionId;
  if (event.moment === 'start') return await start(delivery, cache, event, sessionId);
  await closeQuestions(delivery, event, sessionId);
  const report = await update(delivery, cache, event, sessionId);
  if (report) cache.write('seen', report.updatedAt);
  if (report || event.moment !== 'end') await writeHandoff(delivery, cache, event, sessionId);
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

/** Withdraws the questions whose dialogs were answered at the terminal. One that was answered from afar meanwhile stays so. */
async function closeQuestions({ server }: Delivery, event: HookEvent, sessionId: string) {
  const { closes } = event;
  if (closes === undefined) return;
  const ids = closes === 'all' ? await listPermissionQuestions(server, event.programId, sessionId) : closes;
  for (const questionId of ids) {
    try {
      await server.questions.withdraw(questionId);
    } catch (error) {
      if (concernsAll(classifyError(error))) throw error;
    }
  }
}

async function listPermissionQuestions(server: Fleetbeat, programId: string, sessionId: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const question of server.questions.all({ state: 'open', programId, limit: 50 }))
    if (question.sessionId === sessionId && question.kind === 'permission') ids.push(question.questionId);
  return ids;
}

/** Null when the server knows something newer, or when a session that it does not know has ended. */
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
    // An event that is sent late says nothing about now.
    return await server.sessions.update(sessionId, { ...change, ...(!isLate && { lastHeartbeat: true }) });
  } catch (error) {
    if (classifyError(error) !== 'gone') throw error;
    // Some commands of an agent, such as `claude mcp list`, end a session that they never started.
    if (event.moment === 'end') return null;
    const session = { sessionId, name: sessionName(event), projectName: projectName(event), ...change };
    return await server.sessions.create(session);
  }
}

/** Whether the session was written to by others after the event. The Date of the answer tells how far the clocks differ. */
async function hasNewerUpdate(server: Fleetbeat, cache: SessionCache, event: HookEvent, id: string, now: () => number) {
  const { data, response } = await server.api.GET('/v1/sessions/{sessionId}', { params: { path: { sessionId: id } } });
  if (!data || data.updatedAt === cache.read('seen')) return false;
  const serverTime = Date.parse(response.headers.get('date') ?? '');
  const ahead = Number.isNaN(serverTime) ? 0 : serverTime - now();
  return Date.parse(data.updatedAt) - ahead > event.at;
}

/** The hooks' part of the notes. Written only against the version that was read, so that no concurrent write is lost. */
async function writeHandoff({ server }: Delivery, cache: SessionCache, event: HookEvent, sessionId: string) {
  const { at, programId } = event;
  if (!event.handoff) return;
  // Hooks of one session run at once: the one that heard the last answer may have kept it after this one was made.
  const handoff = { ...event.handoff, answer: event.handoff.answer ?? cache.read('answer') };
  await server.state.change(programId, (state) => {
    const contextSummary = mergeHandoff(state.contextSummary, handoff, sessionId, new Date(at));
    return contextSummary && { sessionId, contextSummary };
  });
}

/** What the agent itself knows of its window comes before what `connect` was told. */
function contextSizes(event: HookEvent, connection: ProgramConnection) {
  const { contextBytes, contextLimitBytes = connection.contextLimitBytes } = event;
  return { ...(contextBytes !== undefined && { contextBytes, ...(contextLimitBytes && { contextLimitBytes }) }) };
}
