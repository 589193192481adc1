import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { unwrapResponse } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Sessions {
  /** Registers a session, or updates the one with its sessionId. */
  create(session: Schemas['SessionCreate'], options?: CallOptions): Promise<Schemas['SessionReport']>;
  /** `current` stands for the program's most recently updated live session. */
  update(sessionId: string, update: Schemas['SessionUpdate'], options?: CallOptions): Promise<Schemas['SessionReport']>;
  /** Blocks the session of an agent that has gone on by itself as often as it may, and tells people. */
  reportTurnLimit(
    sessionId: string,
    limit: Schemas['TurnLimit'],
    options?: CallOptions,
  ): Promise<Schemas['SessionReport']>;
  get(sessionId: string, options?: CallOptions): Promise<Schemas['Session']>;
  /** One page, the most recently updated session first. */
  list(query?: Query<'listSessions'>, options?: CallOptions): Promise<Schemas['SessionPage']>;
  /** The sessions of every page; `limit` is the size of a page. */
  all(query?: Query<'listSessions'>, options?: CallOptions): AsyncGenerator<Schemas['Session'], void, undefined>;
  /** How a session changed, the newest change first. */
  timeline(sessionId: string, query?: Query<'getSessionTimeline'>, options?: CallOptions): Promise<Schemas['Timeline']>;
  /** The changes of every page. */
  allChanges(
    sessionId: string,
    query?: Query<'getSessionTimeline'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['SessionChange'], void, undefined>;
}

export function sessionsApi({ api, requestOptions }: Connection): Sessions {
  const pathParams = (sessionId: string) => ({ path: { sessionId } });
  const sessions: Sessions = {
    create: (body, options) => unwrapResponse(api.POST('/v1/sessions', { body, ...requestOptions(options) })),
    update: (sessionId, body, options) =>
      unwrapResponse(
        api.PATCH('/v1/sessions/{sessionId}', { params: pathParams(sessionId), body, ...requestOptions(options) }),
      ),
    reportTurnLimit: (sessionId, body, options) =>
      unwrapResponse(
        api.POST('/v1/sessions/{sessionId}/turn-limit', {
          params: pathParams(sessionId),
          body,
          ...requestOptions(options),
        }),
      ),
    get: (sessionId, options) =>
      unwrapResponse(
        api.GET('/v1/sessions/{sessionId}', { params: pathParams(sessionId), ...requestOptions(options) }),
      ),
    list: (query = {}, options) =>
      unwrapResponse(api.GET('/v1/sessions', { params: { query }, ...requestOptions(options) })),
    all: (query, options) => paginate((each) => sessions.list(each, options), query),
    timeline: (sessionId, query = {}, options) =>
      unwrapResponse(
        api.GET('/v1/sessions/{sessionId}/timeline', {
          params: { ...pathParams(sessionId), query },
          ...requestOptions(options),
        }),
      ),
    allChanges: (sessionId, query, options) => paginate((each) => sessions.timeline(sessionId, each, options), query),
  };
  return sessions;
}
