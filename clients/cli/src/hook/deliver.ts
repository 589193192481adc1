/** Sends one event to the server, in such a way that sending it again changes nothing. */
import type { components, Fleetbeat } from '@fleetbeat/client';
import { listClaimedTasks } from './claimed-tasks.ts';
import { fitHandover, type Handover } from './handover.ts';
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
  /** Called when the server says that the key expires soon. */
  readonly onKeyExpiry?: () => void;
}

/** After waiting for longer than this an event may be older than what the server knows. */
const LATE_AFTER_MS = 10_000;

/** Resolves with the answer to a start, and with null for other events. Throws what the server or the network threw. */
export async function deliver(delivery: Delivery, event: HookEvent): Promise<StartedSession | null> {
  const cache = new SessionCache(delivery.environment, event.programId, event.sessionId);
  const sessionId = cache.read('alias') ?? event.sessionId;
  if (event.moment === 'start') return await start(delivery, cache, event, sessionId);
  if (event.told) {
    await delivery.server.messages.confirmDelivery(event.told, { sessionId });
    return null;
  }
  if (event.limit) {
    const options = { idempotencyKey: `hook-${event.id}` };
    const blocked = await delivery.server.sessions.reportTurnLimit(sessionId, event.limit, options);
    cache.write('seen', blocked.updatedAt);
    return null;
  }
  await closeQuestions(delivery, event, sessionId);
  const report = await update(delivery, cache, event, sessionId);
  if (report) cache.write('seen', report.updatedAt);
  if (report?.keyExpiresAt !== undefined) delivery.onKeyExpiry?.();
  return null;
}

async function start(
  { connection, server, onKeyExpiry }: Delivery,
  cache: SessionCache,
  event: HookEvent,
  sessionId: string,
) {
  const started = await startSession({ server, event, context: contextSizes(event, connection) }, cache, sessionId);
  cache.write('seen', started.updatedAt);
  if (started.keyExpiresAt !== undefined) onKeyExpiry?.();
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
  const { status, state, handoffRequired, idle } = event;
  const handover = await completeHandover(server, cache, event, sessionId);
  const change = {
    status,
    ...(idle && { idle }),
    ...(handover && { handover }),
    ...(state && { state }),
    ...(handoffRequired !== undefined && { handoffRequired }),
    ...contextSizes(event, connection),
  };
  const isLate = now() - event.at > LATE_AFTER_MS;
  try {
    const newer = isLate ? await findNewerUpdate(server, cache, event, sessionId, now) : null;
    if (newer) {
      await addLateHandover(server, event, newer, handover);
      return null;
    }
    // An event that is sent late says nothing about now.
    return await server.sessions.update(sessionId, {
      ...change,
      ...(!isLate && cache.read('killed') === null && { lastHeartbeat: true }),
    });
  } catch (error) {
    if (classifyError(error) !== 'gone') throw error;
    // Some commands of an agent, such as `claude mcp list`, end a session that they never started.
    if (event.moment === 'end') return null;
    const session = { sessionId, name: sessionName(event), projectName: projectName(event), ...change };
    return await server.sessions.create(session);
  }
}

/** The session if others have written to it after the event. The Date of the answer tells how far the clocks differ. */
async function findNewerUpdate(
  server: Fleetbeat,
  cache: SessionCache,
  event: HookEvent,
  id: string,
  now: () => number,
) {
  const { data, response } = await server.api.GET('/v1/sessions/{sessionId}', { params: { path: { sessionId: id } } });
  if (!data || data.updatedAt === cache.read('seen')) return null;
  const serverTime = Date.parse(response.headers.get('date') ?? '');
  const ahead = Number.isNaN(serverTime) ? 0 : serverTime - now();
  return Date.parse(data.updatedAt) - ahead > event.at ? data : null;
}

/** A late handover is written unless there is a newer one; nothing else changes, so that later events still count as late. */
async function addLateHandover(
  server: Fleetbeat,
  { moment }: HookEvent,
  { sessionId, status, idle, handover: stored }: components['schemas']['Session'],
  handover: Handover | null,
): Promise<void> {
  const { recordedAt = '' } = handover ?? {};
  if (handover === null || moment === 'end' || recordedAt <= (stored?.recordedAt ?? '')) return;
  await server.sessions.update(sessionId, { status: status ?? '', handover, ...(idle && { idle }) });
}

/** Adds what only the server knows, and the answer of the turn. */
async function completeHandover(
  server: Fleetbeat,
  cache: SessionCache,
  { handover, programId }: HookEvent,
  sessionId: string,
): Promise<Handover | null> {
  if (!handover) return null;
  // Hooks of one session run at once: the one that heard the last answer may have kept it after this one was made.
  const lastAnswer = handover.lastAnswer ?? cache.read('answer');
  const claimedTasks = await listClaimedTasks(server, programId, sessionId);
  return fitHandover({
    ...handover,
    ...(lastAnswer !== null && { lastAnswer }),
    ...(claimedTasks.length > 0 && { claimedTasks }),
  });
}

/** What the agent itself knows of its window comes before what `connect` was told. */
function contextSizes(event: HookEvent, connection: ProgramConnection) {
  const { contextBytes, contextUsedPercent, contextLimitBytes = connection.contextLimitBytes } = event;
  return {
    ...(contextBytes !== undefined && { contextBytes, ...(contextLimitBytes && { contextLimitBytes }) }),
    ...(contextUsedPercent !== undefined && { contextUsedPercent }),
  };
}
