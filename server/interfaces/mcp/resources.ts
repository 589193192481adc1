/** Sessions and program state as MCP resources. Each read is dispatched as the corresponding REST request. */
import { ProtocolError, ProtocolErrorCode, type Resource, ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { components } from '../../../openapi/generated/types.ts';
import { type Caller, LIST_CACHE_HINTS, type MethodHandlers, READ_CACHE_HINTS } from './caller.ts';
import type { HttpResponse } from './dispatch.ts';
import { quote, toOneLine } from './quoted-text.ts';

type SessionPage = components['schemas']['SessionPage'];
type Session = components['schemas']['Session'];

const JSON_TYPE = 'application/json';
const MAX_SESSIONS = 50;

const sessionUri = (sessionId: string): string => `fleetbeat://sessions/${encodeURIComponent(sessionId)}`;
const stateUri = (programId: string): string => `fleetbeat://programs/${encodeURIComponent(programId)}/state`;

/** URI forms of a session: ids need no percent-encoding, and `current` is the reader's own session. */
export const sessionUris = (sessionId: string, isOwn: boolean): string[] => [
  ...new Set([sessionUri(sessionId), `fleetbeat://sessions/${sessionId}`, ...(isOwn ? [sessionUri('current')] : [])]),
];
export const stateUris = (programId: string): string[] => [
  ...new Set([stateUri(programId), `fleetbeat://programs/${programId}/state`]),
];

const TEMPLATES = [
  {
    uriTemplate: 'fleetbeat://sessions/{sessionId}',
    name: 'session',
    title: 'Session',
    description: 'A session as it is now. The id current is your newest live one.',
    mimeType: JSON_TYPE,
  },
  {
    uriTemplate: 'fleetbeat://programs/{programId}/state',
    name: 'program-state',
    title: 'Program state',
    description: 'What a program remembers between its sessions.',
    mimeType: JSON_TYPE,
  },
];

/** The REST path of a resource's content. */
const RESOURCE_PATHS: readonly (readonly [uri: RegExp, path: (id: string) => string])[] = [
  [/^fleetbeat:\/\/sessions\/([^/?#]+)$/, (id) => `/v1/sessions/${id}`],
  [/^fleetbeat:\/\/programs\/([^/?#]+)\/state$/, (id) => `/v1/programs/${id}/state`],
];

type ResourceMethod = 'resources/list' | 'resources/templates/list' | 'resources/read';

export function resourceMethods(caller: Caller): Pick<MethodHandlers, ResourceMethod> {
  const get = (url: string): Promise<HttpResponse> =>
    caller.dispatch(() => ({ method: 'GET', url, headers: { authorization: caller.authorization }, body: undefined }));
  return {
    'resources/templates/list': () => ({ resourceTemplates: TEMPLATES, ...LIST_CACHE_HINTS }),

    /** A program's own state and sessions; for a key without a program, the account's sessions. */
    'resources/list': async ({ params }) => {
      const { programId } = caller.principal;
      const query = new URLSearchParams({ limit: String(MAX_SESSIONS) });
      if (programId !== null) query.set('programId', programId);
      if (params?.cursor !== undefined) query.set('cursor', params.cursor);
      const { sessions, nextCursor } = parseResponse<SessionPage>(await get(`/v1/sessions?${query}`));
      const own = programId !== null && params?.cursor === undefined ? [toStateResource(programId)] : [];
      return {
        resources: [...own, ...sessions.map(toSessionResource)],
        ...(nextCursor !== null && { nextCursor }),
        ...READ_CACHE_HINTS,
      };
    },

    'resources/read': async ({ params: { uri } }) => {
      const answer = await get(toRestPath(uri));
      if (answer.status === 404) throw new ResourceNotFoundError(uri);
      parseResponse(answer);
      return { contents: [{ uri, mimeType: JSON_TYPE, text: answer.body }], ...READ_CACHE_HINTS };
    },
  };
}

/** Clients show titles and descriptions to a model as this server's words, so those of a program are marked as its own. */
const toSessionResource = ({ sessionId, programId, name, status, state, updatedAt }: Session): Resource => ({
  uri: sessionUri(sessionId),
  name: sessionId,
  title: toOneLine(name),
  description: status ? `${state}; the status that ${programId} wrote: ${quote(status)}` : state,
  mimeType: JSON_TYPE,
  annotations: { lastModified: updatedAt },
});

const toStateResource = (programId: string): Resource => ({
  uri: stateUri(programId),
  name: `${programId}-state`,
  title: `What ${programId} remembers`,
  mimeType: JSON_TYPE,
});

/** Encodes the id as a single path segment; the contract then validates it. */
function toRestPath(uri: string): string {
  for (const [form, path] of RESOURCE_PATHS) {
    const id = decodeId(form.exec(uri)?.[1]);
    if (id !== null) return path(encodeURIComponent(id));
  }
  throw new ResourceNotFoundError(uri);
}

function decodeId(text: string | undefined): string | null {
  try {
    return text === undefined ? null : decodeURIComponent(text).toWellFormed();
  } catch {
    return null;
  }
}

/** Throws an error response as a protocol error that carries the problem. */
export function parseResponse<Body>({ status, body }: HttpResponse): Body {
  const parsed: unknown = JSON.parse(body);
  if (status < 400) return parsed as Body;
  const code = status < 500 ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
  throw new ProtocolError(code, (parsed as { detail: string }).detail, { problem: parsed });
}
