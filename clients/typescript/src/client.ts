/** The interface of the client, by domain. */
import type { Client } from 'openapi-fetch';
import type { PlainPaths, Schemas } from './contract-types.js';
import type { ApiPromise } from './error.js';
import type { EventOf, EventOptions, FleetEvent } from './events.js';
import type { FleetLive } from './live-fleet.js';
import type { Accounts, Audit } from './operations/accounts.js';
import type { Fleet, Programs } from './operations/fleet.js';
import type { Invitations } from './operations/invitations.js';
import type { Keys } from './operations/keys.js';
import type { Messages } from './operations/messages.js';
import type { Patterns } from './operations/patterns.js';
import type { PushSubscriptions } from './operations/push-subscriptions.js';
import type { Questions } from './operations/questions.js';
import type { Server } from './operations/server.js';
import type { Sessions } from './operations/sessions.js';
import type { SignIn, WebSessions } from './operations/sign-in.js';
import type { State } from './operations/state.js';
import type { Tasks } from './operations/tasks.js';
import type { Webhooks } from './operations/webhooks.js';
import type { CallOptions } from './options.js';
import type { SessionOpeners } from './session-openers.js';

/**
 * Every method resolves with the body of the answer. It rejects with a `FleetbeatError`, which carries the problem
 * document, or with a `FleetbeatUnreachable` when there is no answer. The last argument is `CallOptions`. Methods that
 * begin with `all` return every item of every page: `for await (const session of fleetbeat.sessions.all())`.
 */
export interface Fleetbeat extends SessionOpeners, SignIn {
  readonly sessions: Sessions;
  readonly state: State;
  readonly patterns: Patterns;
  readonly tasks: Tasks;
  readonly messages: Messages;
  readonly questions: Questions;
  readonly fleet: Fleet & FleetLive;
  readonly programs: Programs;
  readonly keys: Keys;
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly webhooks: Webhooks;
  readonly pushSubscriptions: PushSubscriptions;
  readonly webSessions: WebSessions;
  readonly invitations: Invitations;
  readonly server: Server;
  /**
   * The events of the account, each once and in order. Reconnects by itself and resumes where it was; ends with its
   * `signal`, or when the loop over it ends.
   */
  events<Type extends FleetEvent['type'] = FleetEvent['type']>(
    options?: EventOptions<Type>,
  ): AsyncGenerator<EventOf<Type>, void, undefined>;
  /** The program, role and account of the key. */
  me(options?: CallOptions): ApiPromise<Schemas['Me']>;
  /** Every path of the contract, typed; problems are returned and not thrown (openapi-fetch). */
  readonly api: Client<PlainPaths>;
}
