/** How a session starts: it boots, or, where it may not, it is opened beside the others. */
import type { components, Fleetbeat } from '@fleetbeat/client';
import type { Notebook } from './notebook.ts';
import { Refusal, troubleOf } from './server.ts';
import type { HookEvent } from './spool.ts';

type Schemas = components['schemas'];

/** What an agent is told at its start. */
export interface Begun extends Pick<Schemas['Boot'], 'previousSession' | 'tasks' | 'messages' | 'leftOut'> {
  readonly sessionId: string;
  readonly updatedAt: string;
  readonly handoffRequired: boolean;
  readonly state: Pick<Schemas['Memory'], 'contextSummary' | 'contextSummaryExpired' | 'learnedPatterns'>;
  /** Whether another session has just taken over from the one before. */
  readonly hasRival: boolean;
}

export interface Opening {
  readonly server: Fleetbeat;
  readonly event: HookEvent;
  readonly context: { readonly contextBytes?: number; readonly contextLimitBytes?: number };
}

/**
 * A session that was taken over from is fenced for good: when its agent goes on, it goes on as another one, whose id the
 * notebook keeps. Throws what the server or the network threw.
 */
export async function begin(opening: Opening, notebook: Notebook, sessionId: string): Promise<Begun> {
  try {
    return await boot(opening, sessionId);
  } catch (error) {
    if (troubleOf(error) !== 'fenced') throw error;
  }
  if (await open(opening, sessionId)) return await beside(opening, sessionId);
  const alias = `${opening.event.sessionId.slice(0, 84)}.${opening.event.id.slice(0, 15)}`;
  notebook.write('alias', alias);
  try {
    return await boot(opening, alias);
  } catch (error) {
    if (troubleOf(error) !== 'fenced') throw error;
    await open(opening, alias);
    return await beside(opening, alias);
  }
}

export const nameOf = ({ client, project }: HookEvent): string => `${project.slice(0, 150)} · ${LABELS[client]}`;

const LABELS = { 'claude-code': 'Claude Code', cursor: 'Cursor', gemini: 'Gemini CLI', codex: 'Codex' } as const;

const sessionOf = ({ event, context }: Opening, sessionId: string) => ({
  sessionId,
  name: nameOf(event),
  projectName: event.project.slice(0, 100),
  status: event.status,
  ...(event.state && { state: event.state }),
  ...context,
});

/** The same event boots once, whoever tells of it and however often. */
async function boot(opening: Opening, sessionId: string): Promise<Begun> {
  const { server, event } = opening;
  const { data, error, response } = await server.api.POST('/v1/programs/{programId}/boot', {
    params: { path: { programId: event.programId }, header: { 'Idempotency-Key': `hook-${event.id}-${sessionId}` } },
    body: sessionOf(opening, sessionId),
  });
  if (!data) throw new Refusal(error, response.status);
  const { updatedAt, handoffRequired } = data.session;
  return { ...data, sessionId, updatedAt, handoffRequired, hasRival: false };
}

/** False when the session was taken over from. */
async function open(opening: Opening, sessionId: string): Promise<boolean> {
  try {
    await opening.server.sessions.create(sessionOf(opening, sessionId));
    return true;
  } catch (error) {
    if (troubleOf(error) !== 'fenced') throw error;
    return false;
  }
}

/** Two agents that start at once in one folder are both wanted; the second is told of the first. */
async function beside({ server, event }: Opening, sessionId: string): Promise<Begun> {
  const session = await server.sessions.get(sessionId);
  const { contextSummary, contextSummaryExpired, learnedPatterns } = await server.state.read(event.programId);
  const holding = learnedPatterns.filter(({ status, stale }) => status === 'active' && !stale).slice(0, 20);
  const state = { contextSummary, contextSummaryExpired, learnedPatterns: holding };
  const nothing = { previousSession: null, tasks: [], messages: [], leftOut: [] };
  const { updatedAt, handoffRequired } = session;
  return { ...nothing, sessionId, updatedAt, handoffRequired, state, hasRival: true };
}
