/** Starts a session: by a boot, or beside the program's other sessions where it may not boot. */
import type { components, Fleetbeat } from '@fleetbeat/client';
import type { Handover } from './handover.ts';
import { classifyError, ProblemError } from './hook-client.ts';
import type { SessionCache } from './session-cache.ts';
import type { HookEvent } from './spool.ts';
import { truncateLine } from './truncate.ts';

type Schemas = components['schemas'];

/** What a start brings. */
export interface StartedSession extends Pick<Schemas['Boot'], 'previousSession' | 'tasks' | 'messages' | 'leftOut'> {
  readonly sessionId: string;
  readonly updatedAt: string;
  readonly handoffRequired: boolean;
  /** Only when the key expires soon. */
  readonly keyExpiresAt?: string;
  readonly state: Pick<Schemas['Memory'], 'contextSummary' | 'contextSummaryExpired' | 'learnedPatterns'>;
  /** What the session before has left, where another has taken over from it. */
  readonly handover?: Handover;
  /** Whether another session has just taken over from the one before. */
  readonly hasConcurrentSession: boolean;
}

export interface StartContext {
  readonly server: Fleetbeat;
  readonly event: HookEvent;
  readonly context: { readonly contextBytes?: number; readonly contextLimitBytes?: number };
}

/**
 * A session that was taken over is fenced for good: when its agent goes on, it does so under another id, which the cache
 * keeps. Throws what the server or the network threw.
 */
export async function startSession(
  context: StartContext,
  cache: SessionCache,
  sessionId: string,
): Promise<StartedSession> {
  try {
    return await boot(context, sessionId);
  } catch (error) {
    if (classifyError(error) !== 'fenced') throw error;
  }
  if (await open(context, sessionId)) return await openConcurrent(context, sessionId);
  const alias = `${context.event.sessionId.slice(0, 84)}.${context.event.id.slice(0, 15)}`;
  cache.write('alias', alias);
  try {
    return await boot(context, alias);
  } catch (error) {
    if (classifyError(error) !== 'fenced') throw error;
    await open(context, alias);
    return await openConcurrent(context, alias);
  }
}

export const sessionName = ({ client, project }: HookEvent): string =>
  `${truncateLine(project, 150)} · ${LABELS[client]}`;

export const projectName = ({ project }: HookEvent): string => truncateLine(project, 100);

const LABELS = { 'claude-code': 'Claude Code', cursor: 'Cursor', gemini: 'Gemini CLI', codex: 'Codex' } as const;

const toSessionCreate = ({ event, context }: StartContext, sessionId: string) => ({
  sessionId,
  name: sessionName(event),
  projectName: projectName(event),
  status: event.status,
  ...(event.state && { state: event.state }),
  ...context,
});

/** More than an agent is shown: the parts are cut to its room by `memory-text.ts`, which must not miss the short ones. */
const MAX_TOKENS = 12_000;

/** One event boots once, however often it is sent. */
async function boot(opening: StartContext, sessionId: string): Promise<StartedSession> {
  const { server, event } = opening;
  const { data, error, response } = await server.api.POST('/v1/programs/{programId}/boot', {
    params: { path: { programId: event.programId }, header: { 'Idempotency-Key': `hook-${event.id}-${sessionId}` } },
    body: { ...toSessionCreate(opening, sessionId), maxTokens: MAX_TOKENS },
  });
  if (!data) throw new ProblemError(error, response.status);
  const { updatedAt, handoffRequired, keyExpiresAt } = data.session;
  const session = { sessionId, updatedAt, handoffRequired, ...(keyExpiresAt !== undefined && { keyExpiresAt }) };
  return { ...data, ...session, hasConcurrentSession: false };
}

/** False when the session was taken over. */
async function open(opening: StartContext, sessionId: string): Promise<boolean> {
  try {
    await opening.server.sessions.create(toSessionCreate(opening, sessionId));
    return true;
  } catch (error) {
    if (classifyError(error) !== 'fenced') throw error;
    return false;
  }
}

/** Two agents that start at once in one folder may both work; the second is told about the first. */
async function openConcurrent({ server, event }: StartContext, sessionId: string): Promise<StartedSession> {
  const session = await server.sessions.get(sessionId);
  const state = await readState(server, event);
  const nothing = { previousSession: null, tasks: [], messages: [], leftOut: [] };
  const { updatedAt, handoffRequired } = session;
  const handover = await readHandoverOfPredecessor(server, event);
  const started = { ...nothing, sessionId, updatedAt, handoffRequired, state, hasConcurrentSession: true };
  return { ...started, ...(handover && { handover }) };
}

/** What the session has left from which the other has taken over. */
async function readHandoverOfPredecessor(server: Fleetbeat, { programId }: HookEvent): Promise<Handover | undefined> {
  const { sessions } = await server.sessions.list({ programId, includeArchived: true, limit: 10 });
  const predecessor = sessions.find(({ successor }) => successor !== null);
  return predecessor && (await server.sessions.get(predecessor.sessionId)).handover;
}

/** The memory alone, without a session. Throws what the server or the network threw. */
export async function readState(server: Fleetbeat, { programId }: HookEvent): Promise<StartedSession['state']> {
  const { contextSummary, contextSummaryExpired, learnedPatterns } = await server.state.read(programId);
  const holding = learnedPatterns.filter(({ status, stale }) => status === 'active' && !stale).slice(0, 20);
  return { contextSummary, contextSummaryExpired, learnedPatterns: holding };
}
