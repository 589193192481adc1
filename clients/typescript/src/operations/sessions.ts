import type { CallOptions, Connection } from '../connection.js';
import { answered } from '../error.js';
import { everyItem } from '../pages.js';
import type { Query, Schemas } from '../shapes.js';

export interface Sessions {
  /** Registers a session, or updates the one with its sessionId. */
  create(session: Schemas['SessionCreate'], options?: CallOptions): Promise<Schemas['SessionReport']>;
  /** `current` stands for the program's most recently updated live session. */
  update(sessionId: string, update: Schemas['SessionUpdate'], options?: CallOptions): Promise<Schemas['SessionReport']>;
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

export function sessionsOf({ api, how }: Connection): Sessions {
  const at = (sessionId: string) => ({ path: { sessionId } });
  const sessions: Sessions = {
    create: (body, options) => answered(api.POST('/v1/sessions', { body, ...how(options) })),
    update: (sessionId, body, options) =>
      answered(api.PATCH('/v1/sessions/{sessionId}', { params: at(sessionId), body, ...how(options) })),
    get: (sessionId, options) =>
      answered(api.GET('/v1/sessions/{sessionId}', { params: at(sessionId), ...how(options) })),
    list: (query = {}, options) => answered(api.GET('/v1/sessions', { params: { query }, ...how(options) })),
    all: (query = {}, options) =>
      everyItem(
        (each) => sessions.list(each, options),
        (page) => page.sessions,
        query,
      ),
    timeline: (sessionId, query = {}, options) =>
      answered(api.GET('/v1/sessions/{sessionId}/timeline', { params: { ...at(sessionId), query }, ...how(options) })),
    allChanges: (sessionId, query = {}, options) =>
      everyItem(
        (each) => sessions.timeline(sessionId, each, options),
        (page) => page.changes,
        query,
      ),
  };
  return sessions;
}
