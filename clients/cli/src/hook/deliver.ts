/** One event, told to the server so that telling it again changes nothing. */
import type { Fleetbeat } from '@fleetbeat/client';
import { type Begun, begin, nameOf } from './begin.ts';
import { summaryWith } from './handoff.ts';
import { Notebook } from './notebook.ts';
import type { Connection, Environment } from './places.ts';
import { troubleOf } from './server.ts';
import type { HookEvent } from './spool.ts';

export interface Delivery {
  readonly environment: Environment;
  readonly connection: Connection;
  readonly server: Fleetbeat;
  /** Milliseconds. */
  readonly now: () => number;
}

/** An event that waited for longer than this may be older than what the server knows. */
const LATE_MS = 10_000;

/** What a start is answered with; null for other moments. Throws what the server or the network threw. */
export async function deliver(delivery: Delivery, event: HookEvent): Promise<Begun | null> {
  const notebook = new Notebook(delivery.environment, event.programId, event.sessionId);
  const sessionId = notebook.read('alias') ?? event.sessionId;
  if (event.moment === 'start') return await start(delivery, notebook, event, sessionId);
  const report = await update(delivery, notebook, event, sessionId);
  if (report) notebook.write('seen', report.updatedAt);
  await handOver(delivery, event, sessionId);
  return null;
}

async function start({ connection, server }: Delivery, notebook: Notebook, event: HookEvent, sessionId: string) {
  const begun = await begin({ server, event, context: sizes(event, connection) }, notebook, sessionId);
  notebook.write('seen', begun.updatedAt);
  if (event.handoffRequired === false && begun.handoffRequired) {
    const { updatedAt } = await server.sessions.update(begun.sessionId, {
      status: event.status,
      handoffRequired: false,
    });
    notebook.write('seen', updatedAt);
  }
  return begun;
}

/** Null when the server knows something newer. */
async function update({ connection, server, now }: Delivery, notebook: Notebook, event: HookEvent, sessionId: string) {
  const { status, state, handoffRequired } = event;
  const change = {
    status,
    ...(state && { state }),
    ...(handoffRequired !== undefined && { handoffRequired }),
    ...sizes(event, connection),
  };
  const isLate = now() - event.at > LATE_MS;
  try {
    if (isLate && (await isOvertaken(server, notebook, event, sessionId, now))) return null;
    // What is told late is no sign of life of now.
    return await server.sessions.update(sessionId, { ...change, ...(!isLate && { lastHeartbeat: true }) });
  } catch (error) {
    if (troubleOf(error) !== 'gone') throw error;
    const session = { sessionId, name: nameOf(event), projectName: event.project.slice(0, 100), ...change };
    return await server.sessions.create(session);
  }
}

/** Whether somebody else has written to the session after the event happened; the two clocks are compared by the Date of the answer. */
async function isOvertaken(server: Fleetbeat, notebook: Notebook, event: HookEvent, id: string, now: () => number) {
  const { data, response } = await server.api.GET('/v1/sessions/{sessionId}', { params: { path: { sessionId: id } } });
  if (!data || data.updatedAt === notebook.read('seen')) return false;
  const theirs = Date.parse(response.headers.get('date') ?? '');
  const ahead = Number.isNaN(theirs) ? 0 : theirs - now();
  return Date.parse(data.updatedAt) - ahead > event.at;
}

/** The hooks' part of the notes; written only against the state that was read, so that nothing written meanwhile is lost. */
async function handOver({ server }: Delivery, event: HookEvent, sessionId: string): Promise<void> {
  const { handoff, at, programId } = event;
  if (!handoff) return;
  await server.state.change(programId, (state) => {
    const contextSummary = summaryWith(state.contextSummary, handoff, sessionId, new Date(at));
    return contextSummary && { sessionId, contextSummary };
  });
}

const sizes = ({ contextBytes }: HookEvent, { contextLimitBytes }: Connection) => ({
  ...(contextBytes !== undefined && { contextBytes, ...(contextLimitBytes && { contextLimitBytes }) }),
});
