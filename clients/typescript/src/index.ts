/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The typed client of Fleetbeat. Its types come from the server's OpenAPI document; it runs in Node 20.19 and newer, Bun, Deno and browsers.
 *
 *     const fleetbeat = createFleetbeat(); // FLEETBEAT_URL and FLEETBEAT_KEY
 *     await fleetbeat.run('Auth refactor', async (run) => {
 *       run.beat({ progress: 75, status: 'Running tests.' });
 *     });
 */

import type { Fleetbeat } from './client.js';
import { connect } from './connection.js';
import type { EventOf, EventOptions, FleetEvent } from './events.js';
import type { LiveOptions } from './live-fleet.js';
import { accountsApi, auditApi } from './operations/accounts.js';
import { fleetApi, programsApi } from './operations/fleet.js';
import { invitationsApi } from './operations/invitations.js';
import { keysApi } from './operations/keys.js';
import { messagesApi } from './operations/messages.js';
import { patternsApi } from './operations/patterns.js';
import { pushSubscriptionsApi } from './operations/push-subscriptions.js';
import { questionsApi } from './operations/questions.js';
import { serverApi } from './operations/server.js';
import { sessionsApi } from './operations/sessions.js';
import { signInApi, webSessionsApi } from './operations/sign-in.js';
import { stateApi } from './operations/state.js';
import { tasksApi } from './operations/tasks.js';
import { webhooksApi } from './operations/webhooks.js';
import type { FleetbeatOptions } from './options.js';
import { resolveOptions } from './resolve-options.js';
import type { SessionOpeners } from './session-openers.js';
import { stoppable } from './stoppable.js';

export type { Answer, AskOptions } from './ask.js';
export type { Beat } from './beat.js';
export type { Fleetbeat } from './client.js';
export type { Clock, Duration } from './clock.js';
export { type Connection, connect } from './connection.js';
export type { Schemas } from './contract-types.js';
export {
  type ApiPromise,
  type ErrorOf,
  FleetbeatError,
  FleetbeatUnreachable,
  isProblem,
  type Problem,
  type ProblemOf,
  type WithResponse,
} from './error.js';
export type { EventOf, EventOptions, FleetEvent, SessionPulse } from './events.js';
export { formatDuration } from './fleet/duration.js';
export { isLive, LIVE_STATES } from './fleet/live.js';
export { compareByNeed, getNeeds, type Need, rankNeeds } from './fleet/needs.js';
export { ACTIVITIES, describePeriods, measureActivities, mergePeriods } from './fleet/periods.js';
export { revealHidden } from './fleet/visible-text.js';
export type * from './generated/types.js';
export type { FleetLive, LiveFleet, LiveOptions } from './live-fleet.js';
export type { BootedSession, SessionOpening } from './open-session.js';
export { type Accounts, type Audit, accountsApi, auditApi } from './operations/accounts.js';
export { type Fleet, fleetApi, type Programs, programsApi } from './operations/fleet.js';
export { type Invitations, invitationsApi } from './operations/invitations.js';
export { type Keys, keysApi } from './operations/keys.js';
export { type Messages, messagesApi } from './operations/messages.js';
export { type Patterns, patternsApi } from './operations/patterns.js';
export { type PushSubscriptions, pushSubscriptionsApi } from './operations/push-subscriptions.js';
export { type Questions, questionsApi } from './operations/questions.js';
export { type Server, serverApi } from './operations/server.js';
export { type Sessions, sessionsApi } from './operations/sessions.js';
export { type SignIn, signInApi, type WebSessions, webSessionsApi } from './operations/sign-in.js';
export { type State, stateApi } from './operations/state.js';
export { type Tasks, tasksApi } from './operations/tasks.js';
export { type Webhooks, webhooksApi } from './operations/webhooks.js';
export type { CallOptions, Fetch, FleetbeatOptions, WriteOptions } from './options.js';
export { type CursorPage, type PageQuery, pages } from './pages.js';
export type { Run, RunOpening, RunOptions } from './run.js';
export type { Session } from './session.js';
export type { SessionFailure } from './session-failure.js';
export type { SessionEvents } from './session-news.js';
export type { SessionChange, SessionListeners } from './session-writer.js';
export type { SessionMessages, SessionPatterns, SessionTasks } from './session-writes.js';
export type { ChangeOptions, StateChange } from './state-change.js';
export type { Work, WorkOptions } from './work.js';

/**
 * Creates the whole client; sends nothing before the first call. Without a `baseUrl` both it and the key come from the
 * environment. Throws a `TypeError` when there is no key, or a `baseUrl` that cannot be one.
 */
export function createFleetbeat(given: FleetbeatOptions = {}): Fleetbeat {
  const options = resolveOptions(given);
  const connection = connect(options);
  const { api } = connection;
  const me = connection.operation('GET', '/v1/me');
  const events = <Type extends FleetEvent['type']>(eventOptions: EventOptions<Type> = {}) =>
    stoppable<EventOf<Type>>(eventOptions.signal, async function* (signal) {
      const { followEvents } = await import('./events.js');
      yield* followEvents(options, { ...eventOptions, signal });
    });
  const fleet = fleetApi(connection);
  const live = (liveOptions: LiveOptions = {}) =>
    stoppable(liveOptions.signal, async function* (signal) {
      const { followFleet } = await import('./live-fleet.js');
      yield* followFleet({ ...connection, fleet, follow: events }, { ...liveOptions, signal });
    });
  const apis = {
    sessions: sessionsApi(connection),
    state: stateApi(connection),
    programs: programsApi(connection),
    patterns: patternsApi(connection),
    tasks: tasksApi(connection),
    questions: questionsApi(connection),
    messages: messagesApi(connection),
  };
  let openers: Promise<SessionOpeners> | undefined;
  // A page that opens no session and follows no events loads no code for them.
  const loadOpeners = () => {
    const getProgramId = async () => (await me({ within: '1m' })).programId;
    openers ??= import('./session-openers.js').then(({ createOpeners }) =>
      createOpeners({ ...connection, ...apis, getProgramId }, events),
    );
    return openers;
  };
  return {
    api,
    session: async (opening) => (await loadOpeners()).session(opening),
    boot: async (programId, opening) => (await loadOpeners()).boot(programId, opening),
    run: async (opening, work) => (await loadOpeners()).run(opening, work),
    work: async (workOptions, work) => (await loadOpeners()).work(workOptions, work),
    ...apis,
    fleet: { ...fleet, live },
    keys: keysApi(connection),
    accounts: accountsApi(connection),
    audit: auditApi(connection),
    webhooks: webhooksApi(connection),
    pushSubscriptions: pushSubscriptionsApi(connection),
    webSessions: webSessionsApi(connection),
    invitations: invitationsApi(connection),
    server: serverApi(connection),
    events,
    ...signInApi(connection),
    me,
  };
}
