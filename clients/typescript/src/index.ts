/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The typed client of Fleetbeat. Its types come from the server's OpenAPI document; it runs in Node 20+ and in browsers.
 *
 *     const fleetbeat = createFleetbeat({ baseUrl: 'http://127.0.0.1:8787', key: process.env.FLEETBEAT_KEY });
 *     await using session = await fleetbeat.session({ name: 'Auth refactor' });
 *     await session.progress(75, 'Running tests.');
 */

import type { Fleetbeat } from './client.js';
import { connect } from './connection.js';
import { unwrapResponse } from './error.js';
import type { EventOf, EventOptions, FleetEvent } from './events.js';
import { accountsApi, auditApi } from './operations/accounts.js';
import { fleetApi, programsApi } from './operations/fleet.js';
import { keysApi } from './operations/keys.js';
import { messagesApi } from './operations/messages.js';
import { patternsApi } from './operations/patterns.js';
import { questionsApi } from './operations/questions.js';
import { serverApi } from './operations/server.js';
import { sessionsApi } from './operations/sessions.js';
import { signInApi, webSessionsApi } from './operations/sign-in.js';
import { stateApi } from './operations/state.js';
import { tasksApi } from './operations/tasks.js';
import { webhooksApi } from './operations/webhooks.js';
import type { FleetbeatOptions } from './options.js';
import { stoppable } from './stoppable.js';

export type { Fleetbeat } from './client.js';
export type { Clock } from './clock.js';
export { type Connection, connect } from './connection.js';
export type { Schemas } from './contract-types.js';
export { FleetbeatError, FleetbeatUnreachable } from './error.js';
export type { EventOf, EventOptions, FleetEvent, SessionPulse } from './events.js';
export { formatDuration } from './fleet/duration.js';
export { isLive, LIVE_STATES } from './fleet/live.js';
export { compareByNeed, getNeeds, type Need, rankNeeds } from './fleet/needs.js';
export { revealHidden } from './fleet/visible-text.js';
export type { components, operations, ProblemKind, paths } from './generated/types.js';
export type { BootedSession, SessionOpening } from './open-session.js';
export { type Accounts, type Audit, accountsApi, auditApi } from './operations/accounts.js';
export { type Fleet, fleetApi, type Programs, programsApi } from './operations/fleet.js';
export { type Keys, keysApi } from './operations/keys.js';
export { type Messages, messagesApi } from './operations/messages.js';
export { type Patterns, patternsApi } from './operations/patterns.js';
export { type Questions, questionsApi } from './operations/questions.js';
export { type Server, serverApi } from './operations/server.js';
export { type Sessions, sessionsApi } from './operations/sessions.js';
export { type SignIn, signInApi, type WebSessions, webSessionsApi } from './operations/sign-in.js';
export { type State, stateApi } from './operations/state.js';
export { type Tasks, tasksApi } from './operations/tasks.js';
export { type Webhooks, webhooksApi } from './operations/webhooks.js';
export type { CallOptions, Fetch, FleetbeatOptions, WriteOptions } from './options.js';
export { type CursorPage, type PageQuery, pages } from './pages.js';
export type { Session, SessionChange, SessionListeners } from './session.js';
export type { SessionFailure } from './session-failure.js';
export type { ChangeOptions, StateChange } from './state-change.js';

/** Creates the whole client; sends nothing before the first call. Throws a `TypeError` for a `baseUrl` that is not http. */
export function createFleetbeat(options: FleetbeatOptions): Fleetbeat {
  const connection = connect(options);
  const { api } = connection;
  const apis = {
    ...connection,
    sessions: sessionsApi(connection),
    state: stateApi(connection),
    programs: programsApi(connection),
  };
  return {
    api,
    // A page that opens no session and follows no events loads no code for them.
    session: async (opening) => (await import('./open-session.js')).openSession(apis, opening),
    boot: async (programId, opening) => (await import('./open-session.js')).bootSession(apis, programId, opening),
    sessions: apis.sessions,
    state: apis.state,
    programs: apis.programs,
    patterns: patternsApi(connection),
    tasks: tasksApi(connection),
    questions: questionsApi(connection),
    messages: messagesApi(connection),
    fleet: fleetApi(connection),
    keys: keysApi(connection),
    accounts: accountsApi(connection),
    audit: auditApi(connection),
    webhooks: webhooksApi(connection),
    webSessions: webSessionsApi(connection),
    server: serverApi(connection),
    events: <Kind extends FleetEvent['kind']>(eventOptions: EventOptions<Kind> = {}) =>
      stoppable<EventOf<Kind>>(eventOptions.signal, async function* (signal) {
        const { followEvents } = await import('./events.js');
        yield* followEvents(options, { ...eventOptions, signal });
      }),
    ...signInApi(connection),
    me: (callOptions) => unwrapResponse(api.GET('/v1/me', connection.requestOptions(callOptions))),
  };
}
