/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The typed client of Fleetbeat. Its types come from the server's OpenAPI document; it works in Node 20+ and in the browser.
 *
 *     const fleetbeat = createFleetbeat({ baseUrl: 'http://127.0.0.1:8787', key: process.env.FLEETBEAT_KEY });
 *     await using session = await fleetbeat.session({ name: 'Auth refactor' });
 *     await session.progress(75, 'Running tests.');
 */
import { connect, type FleetbeatOptions } from './connection.js';
import { answered } from './error.js';
import type { Fleetbeat } from './face.js';
import { bootSession, openSession } from './open-session.js';
import { accountsOf, auditOf } from './operations/accounts.js';
import { fleetOf, programsOf } from './operations/fleet.js';
import { keysOf } from './operations/keys.js';
import { messagesOf } from './operations/messages.js';
import { patternsOf } from './operations/patterns.js';
import { serverOf } from './operations/server.js';
import { sessionsOf } from './operations/sessions.js';
import { signInOf } from './operations/sign-in.js';
import { stateOf } from './operations/state.js';
import { tasksOf } from './operations/tasks.js';
import { webhooksOf } from './operations/webhooks.js';

export type { Clock } from './clock.js';
export { type CallOptions, type Connection, connect, type FleetbeatOptions } from './connection.js';
export { FleetbeatError, FleetbeatUnreachable } from './error.js';
export type { EventOptions, FleetEvent, SessionPulse } from './events.js';
export type { Fleetbeat } from './face.js';
export type { components, operations, paths } from './generated/types.js';
export type { BootedSession, SessionOpening } from './open-session.js';
export { type Accounts, type Audit, accountsOf, auditOf } from './operations/accounts.js';
export { type Fleet, fleetOf, type Programs, programsOf } from './operations/fleet.js';
export { type Keys, keysOf } from './operations/keys.js';
export { type Messages, messagesOf } from './operations/messages.js';
export { type Patterns, patternsOf } from './operations/patterns.js';
export { type Server, serverOf } from './operations/server.js';
export { type Sessions, sessionsOf } from './operations/sessions.js';
export { type SignIn, signInOf } from './operations/sign-in.js';
export { type ChangeOptions, type State, type StateChange, stateOf } from './operations/state.js';
export { type Tasks, tasksOf } from './operations/tasks.js';
export { type Webhooks, webhooksOf } from './operations/webhooks.js';
export type { Session, SessionChange, SessionListeners } from './session.js';
export type { WriteOptions } from './shapes.js';
export type { Trouble } from './trouble.js';

/** The whole client. Nothing is sent before the first call. */
export function createFleetbeat(options: FleetbeatOptions): Fleetbeat {
  const connection = connect(options);
  const { api } = connection;
  const parts = {
    ...connection,
    sessions: sessionsOf(connection),
    state: stateOf(connection),
    programs: programsOf(connection),
  };
  return {
    api,
    session: (opening) => openSession(parts, opening),
    boot: (programId, opening) => bootSession(parts, programId, opening),
    sessions: parts.sessions,
    state: parts.state,
    programs: parts.programs,
    patterns: patternsOf(connection),
    tasks: tasksOf(connection),
    messages: messagesOf(connection),
    fleet: fleetOf(connection),
    keys: keysOf(connection),
    accounts: accountsOf(connection),
    audit: auditOf(connection),
    webhooks: webhooksOf(connection),
    server: serverOf(connection),
    // A page that follows no events loads nothing for them.
    async *events(how) {
      const { followEvents } = await import('./events.js');
      yield* followEvents(options, how);
    },
    ...signInOf(connection),
    me: (how) => answered(api.GET('/v1/me', connection.how(how))),
  };
}
