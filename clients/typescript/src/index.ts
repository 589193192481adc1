/**
 * The typed client of Fleetbeat. Its types come from the server's OpenAPI document; it works in Node 20+ and in the browser.
 *
 *     const fleetbeat = createFleetbeat({ baseUrl: 'http://127.0.0.1:8787', key: process.env.FLEETBEAT_KEY });
 *     await fleetbeat.sessions.create({ name: 'Auth refactor', sessionId: 'builder-session-1' });
 */
import createClient from 'openapi-fetch';
import { withCsrfToken } from './csrf.js';
import { answered } from './error.js';
import { type EventOptions, type FleetEvent, followEvents, type SessionPulse } from './events.js';
import type { Fleetbeat, FleetbeatOptions, WriteOptions } from './face.js';
import type { components, operations, paths } from './generated/types.js';
import { webhooksOf } from './webhooks.js';

export { FleetbeatError } from './error.js';
export type {
  components,
  EventOptions,
  Fleetbeat,
  FleetbeatOptions,
  FleetEvent,
  operations,
  paths,
  SessionPulse,
  WriteOptions,
};

export function createFleetbeat({ baseUrl, key, csrfToken, fetch }: FleetbeatOptions): Fleetbeat {
  const headers = key === undefined ? {} : { Authorization: `Bearer ${key}` };
  const api = createClient<paths>({ baseUrl, headers, ...(fetch && { fetch }) });
  if (key === undefined) api.use(withCsrfToken(csrfToken));
  const session = (sessionId: string) => ({ path: { sessionId } });
  const task = (taskId: string) => ({ path: { taskId } });
  const named = (sessionId?: string) => (sessionId === undefined ? {} : { sessionId });
  const ifMatch = ({ version }: WriteOptions) => (version === undefined ? {} : { 'If-Match': `"${version}"` });
  const program = (programId: string) => ({ path: { programId } });
  const written = (programId: string, options: WriteOptions = {}) => ({
    path: { programId },
    header: ifMatch(options),
  });
  const pattern = (programId: string, patternId: string, options: WriteOptions = {}) => ({
    path: { programId, patternId },
    header: ifMatch(options),
  });
  return {
    api,
    sessions: {
      create: (body) => answered(api.POST('/v1/sessions', { body })),
      update: (sessionId, body) =>
        answered(api.PATCH('/v1/sessions/{sessionId}', { params: session(sessionId), body })),
      get: (sessionId) => answered(api.GET('/v1/sessions/{sessionId}', { params: session(sessionId) })),
      list: (query = {}) => answered(api.GET('/v1/sessions', { params: { query } })),
      timeline: (sessionId, query = {}) =>
        answered(api.GET('/v1/sessions/{sessionId}/timeline', { params: { ...session(sessionId), query } })),
    },
    boot: (programId, body) =>
      answered(api.POST('/v1/programs/{programId}/boot', { params: { path: { programId } }, body })),
    fleet: {
      health: () => answered(api.GET('/v1/fleet/health')),
      endMassSilence: async () => void (await answered(api.DELETE('/v1/fleet/mass-silence'))),
    },
    state: {
      read: (programId, query = {}) =>
        answered(api.GET('/v1/programs/{programId}/state', { params: { ...program(programId), query } })),
      update: (programId, body, options) =>
        answered(api.PATCH('/v1/programs/{programId}/state', { params: written(programId, options), body })),
      versions: (programId, query = {}) =>
        answered(api.GET('/v1/programs/{programId}/state/versions', { params: { ...program(programId), query } })),
      readVersion: (programId, version) =>
        answered(
          api.GET('/v1/programs/{programId}/state/versions/{version}', { params: { path: { programId, version } } }),
        ),
      diff: (programId, from, to) =>
        answered(
          api.GET('/v1/programs/{programId}/state/diff', { params: { ...program(programId), query: { from, to } } }),
        ),
      restore: (programId, body, options) =>
        answered(api.POST('/v1/programs/{programId}/state/restore', { params: written(programId, options), body })),
      export: (programId) => answered(api.GET('/v1/programs/{programId}/state/export', { params: program(programId) })),
      import: (programId, body, options) =>
        answered(api.POST('/v1/programs/{programId}/state/import', { params: written(programId, options), body })),
    },
    patterns: {
      list: (programId, query = {}) =>
        answered(api.GET('/v1/programs/{programId}/patterns', { params: { ...program(programId), query } })),
      remove: async (programId, patternId, { sessionId, ...options } = {}) => {
        const query = sessionId === undefined ? {} : { sessionId };
        const params = { ...pattern(programId, patternId, options), query };
        await answered(api.DELETE('/v1/programs/{programId}/patterns/{patternId}', { params }));
      },
      reinforce: (programId, patternId, body = {}, options) =>
        answered(
          api.POST('/v1/programs/{programId}/patterns/{patternId}/reinforce', {
            params: pattern(programId, patternId, options),
            body,
          }),
        ),
      promote: (programId, patternId, body = {}, options) =>
        answered(
          api.POST('/v1/programs/{programId}/patterns/{patternId}/promote', {
            params: pattern(programId, patternId, options),
            body,
          }),
        ),
      setStatus: (programId, patternId, body, options) =>
        answered(
          api.PUT('/v1/programs/{programId}/patterns/{patternId}/status', {
            params: pattern(programId, patternId, options),
            body,
          }),
        ),
    },
    tasks: {
      create: (body) => answered(api.POST('/v1/tasks', { body })),
      list: (query = {}) => answered(api.GET('/v1/tasks', { params: { query } })),
      get: (taskId) => answered(api.GET('/v1/tasks/{taskId}', { params: task(taskId) })),
      claim: (taskId, sessionId) =>
        answered(api.POST('/v1/tasks/{taskId}/claim', { params: task(taskId), body: named(sessionId) })),
      release: (taskId, sessionId) =>
        answered(api.POST('/v1/tasks/{taskId}/release', { params: task(taskId), body: named(sessionId) })),
      complete: (taskId, body) => answered(api.POST('/v1/tasks/{taskId}/complete', { params: task(taskId), body })),
    },
    messages: {
      send: (body) => answered(api.POST('/v1/messages', { body })),
      list: (query = {}) => answered(api.GET('/v1/messages', { params: { query } })),
      sent: (query = {}) => answered(api.GET('/v1/messages/sent', { params: { query } })),
      acknowledge: (messageId, query = {}) =>
        answered(api.POST('/v1/messages/{messageId}/acknowledge', { params: { path: { messageId }, query } })),
    },
    keys: {
      create: (body) => answered(api.POST('/v1/keys', { body })),
      list: (query = {}) => answered(api.GET('/v1/keys', { params: { query } })),
      revoke: async (keyId) => void (await answered(api.DELETE('/v1/keys/{keyId}', { params: { path: { keyId } } }))),
      rotate: (keyId) => answered(api.POST('/v1/keys/{keyId}/rotate', { params: { path: { keyId } } })),
    },
    programs: {
      list: (query = {}) => answered(api.GET('/v1/programs', { params: { query } })),
      update: (programId, body) =>
        answered(api.PATCH('/v1/programs/{programId}', { params: { path: { programId } }, body })),
    },
    accounts: {
      create: (body) => answered(api.POST('/v1/accounts', { body })),
      list: (query = {}) => answered(api.GET('/v1/accounts', { params: { query } })),
      update: (accountId, body) =>
        answered(api.PATCH('/v1/accounts/{accountId}', { params: { path: { accountId } }, body })),
    },
    events: (options) => followEvents({ baseUrl, key, ...(fetch && { fetch }) }, options),
    webhooks: webhooksOf(api),
    audit: { list: (query = {}) => answered(api.GET('/v1/audit', { params: { query } })) },
    me: () => answered(api.GET('/v1/me')),
    signIn: (body) => answered(api.POST('/v1/sign-in', { body })),
    signOut: async () => void (await answered(api.POST('/v1/sign-out'))),
    signOutEverywhere: (scope = 'key') => answered(api.POST('/v1/sign-out-everywhere', { body: { scope } })),
  };
}
