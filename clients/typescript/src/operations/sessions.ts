import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { SessionId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

export interface Sessions {
  /** Registers a session, or updates the one with its sessionId. */
  create(session: Schemas['SessionCreate'], options?: CallOptions): ApiPromise<Schemas['SessionReport']>;
  /** `current` stands for the program's most recently updated live session. */
  update(
    sessionId: SessionId,
    update: Schemas['SessionUpdate'],
    options?: CallOptions,
  ): ApiPromise<Schemas['SessionReport']>;
  /** Blocks the session of an agent that has gone on by itself as often as it may, and tells people. */
  reportTurnLimit(
    sessionId: SessionId,
    limit: Schemas['TurnLimit'],
    options?: CallOptions,
  ): ApiPromise<Schemas['SessionReport']>;
  get(sessionId: SessionId, options?: CallOptions): ApiPromise<Schemas['Session']>;
  /** One page, the most recently updated session first. */
  list(query?: Query<'listSessions'>, options?: CallOptions): ApiPromise<Schemas['SessionPage']>;
  /** The sessions of every page; `limit` is the size of a page. */
  all(query?: Query<'listSessions'>, options?: CallOptions): AsyncGenerator<Schemas['Session'], void, undefined>;
  /** How a session changed, the newest change first. */
  timeline(
    sessionId: SessionId,
    query?: Query<'getSessionTimeline'>,
    options?: CallOptions,
  ): ApiPromise<Schemas['Timeline']>;
  /** The changes of every page. */
  allChanges(
    sessionId: SessionId,
    query?: Query<'getSessionTimeline'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['SessionChange'], void, undefined>;
}

export function sessionsApi({ operation }: Connection): Sessions {
  const [list, all] = operation.list('/v1/sessions');
  const [timeline, allChanges] = operation.list('/v1/sessions/{sessionId}/timeline');
  return {
    list,
    all,
    timeline,
    allChanges,
    create: operation('POST', '/v1/sessions', 'body'),
    update: operation('PATCH', '/v1/sessions/{sessionId}', 'body'),
    reportTurnLimit: operation('POST', '/v1/sessions/{sessionId}/turn-limit', 'body'),
    get: operation('GET', '/v1/sessions/{sessionId}'),
  };
}
