/**
 * The typed client of Fleetbeat. Its types come from the server's OpenAPI document; it works in Node 20+ and in the browser.
 *
 *     const fleetbeat = createFleetbeat({ baseUrl: 'http://127.0.0.1:8787', key: process.env.FLEETBEAT_KEY });
 *     await fleetbeat.sessions.create({ name: 'Auth refactor', sessionId: 'builder-session-1' });
 */
import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import { answered } from './error.js';
import type { components, operations, paths } from './generated/types.js';

export { FleetbeatError } from './error.js';
export type { components, operations, paths };

type Schemas = components['schemas'];
type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

export interface FleetbeatOptions {
  /** Where the server is, for example `http://127.0.0.1:8787`. */
  readonly baseUrl: string;
  /** `fb_<keyId>_<secret>`. */
  readonly key: string;
  /** Another fetch, for example one that retries. */
  readonly fetch?: ClientOptions['fetch'];
}

export interface WriteOptions {
  /** Write only if this is still the version of the state. */
  readonly version?: number;
}

/** Every method resolves with the answer's body, or rejects with a `FleetbeatError` that carries the problem document. */
export interface Fleetbeat {
  readonly sessions: {
    /** Registers a session, or updates the one with its sessionId. */
    create(session: Schemas['SessionCreate']): Promise<Schemas['SessionReport']>;
    /** `current` stands for the program's most recently updated live session. */
    update(sessionId: string, update: Schemas['SessionUpdate']): Promise<Schemas['SessionReport']>;
    get(sessionId: string): Promise<Schemas['Session']>;
    list(query?: Query<'listSessions'>): Promise<Schemas['SessionPage']>;
    /** How a session changed, the newest change first. */
    timeline(sessionId: string, query?: Query<'getSessionTimeline'>): Promise<Schemas['Timeline']>;
  };
  /** Starts a run of a program and gets everything that the last one left behind. */
  boot(programId: string, run: Schemas['BootRequest']): Promise<Schemas['Boot']>;
  readonly fleet: {
    health(): Promise<Schemas['FleetHealth']>;
    /** Lets sessions be archived again after a mass silence. */
    endMassSilence(): Promise<void>;
  };
  readonly state: {
    /** As it is now, or as it was at an instant. */
    read(programId: string, query?: Query<'getProgramState'>): Promise<Schemas['ProgramState']>;
    /** Merges into what is stored; with `version` only when that is still the stored version. */
    update(
      programId: string,
      update: Schemas['ProgramStateUpdate'],
      options?: WriteOptions,
    ): Promise<Schemas['WrittenState']>;
    /** What each write has changed, the newest first. */
    versions(programId: string, query?: Query<'listStateVersions'>): Promise<Schemas['StateVersionPage']>;
    readVersion(programId: string, version: number): Promise<Schemas['ProgramState']>;
    diff(programId: string, from: number, to: number): Promise<Schemas['StateDifference']>;
    /** Makes a new version that is like an earlier one. */
    restore(programId: string, to: Schemas['Restoration'], options?: WriteOptions): Promise<Schemas['WrittenState']>;
    /** The whole state as one document, for `import`. */
    export(programId: string): Promise<Schemas['StateDocument']>;
    import(programId: string, body: Schemas['StateImport'], options?: WriteOptions): Promise<Schemas['WrittenState']>;
  };
  readonly patterns: {
    list(programId: string, query?: Query<'listPatterns'>): Promise<Schemas['PatternPage']>;
    remove(programId: string, patternId: string, options?: WriteOptions & { sessionId?: string }): Promise<void>;
    reinforce(
      programId: string,
      patternId: string,
      how?: Schemas['Reinforcement'],
      options?: WriteOptions,
    ): Promise<Schemas['WrittenPattern']>;
    promote(
      programId: string,
      patternId: string,
      how?: Schemas['Promotion'],
      options?: WriteOptions,
    ): Promise<Schemas['WrittenPattern']>;
    setStatus(
      programId: string,
      patternId: string,
      status: Schemas['PatternStatusChange'],
      options?: WriteOptions,
    ): Promise<Schemas['WrittenPattern']>;
  };
  readonly tasks: {
    /** Gives work to a program, or with the target `*` to whichever claims it first. */
    create(task: Schemas['TaskCreate']): Promise<Schemas['Task']>;
    /** The most urgent first, then the oldest; pending ones unless the query says otherwise. */
    list(query?: Query<'listTasks'>): Promise<Schemas['TaskPage']>;
    get(taskId: string): Promise<Schemas['Task']>;
    /** Takes a task for a session, by default the program's current one. */
    claim(taskId: string, sessionId?: string): Promise<Schemas['Task']>;
    /** Gives a claimed task back unfinished; with `sessionId` only if that session has it. */
    release(taskId: string, sessionId?: string): Promise<Schemas['Task']>;
    complete(taskId: string, completion: Schemas['TaskCompletion']): Promise<Schemas['Task']>;
  };
  readonly messages: {
    /** Sends a message to a program, or with `to` `*` to every other one. */
    send(message: Schemas['MessageSend']): Promise<Schemas['SentMessage']>;
    /** The inbox, the oldest message first; unread ones unless the query says otherwise. Reading does not consume. */
    list(query?: Query<'listMessages'>): Promise<Schemas['MessagePage']>;
    /** What the program has sent, the newest first. */
    sent(query?: Query<'listSentMessages'>): Promise<Schemas['SentMessagePage']>;
    /** Marks a message of the inbox as dealt with. */
    acknowledge(messageId: string, query?: Query<'acknowledgeMessage'>): Promise<Schemas['Message']>;
  };
  readonly keys: {
    create(key: Schemas['KeyCreate']): Promise<Schemas['NewKey']>;
    list(query?: Query<'listKeys'>): Promise<Schemas['KeyPage']>;
    revoke(keyId: string): Promise<void>;
    /** Replaces a key; the old one lives for 30 more seconds. */
    rotate(keyId: string): Promise<Schemas['NewKey']>;
  };
  readonly programs: {
    list(query?: Query<'listPrograms'>): Promise<Schemas['ProgramPage']>;
    update(programId: string, update: Schemas['ProgramUpdate']): Promise<Schemas['Program']>;
  };
  readonly accounts: {
    create(account: Schemas['AccountCreate']): Promise<Schemas['NewAccount']>;
    list(query?: Query<'listAccounts'>): Promise<Schemas['AccountPage']>;
    update(accountId: string, update: Schemas['AccountUpdate']): Promise<Schemas['Account']>;
  };
  readonly audit: { list(query?: Query<'listAudit'>): Promise<Schemas['AuditPage']> };
  /** Who the key is. */
  me(): Promise<Schemas['Me']>;
  /** Every path of the contract, typed; problems are returned and not thrown (openapi-fetch). */
  readonly api: Client<paths>;
}

export function createFleetbeat({ baseUrl, key, fetch }: FleetbeatOptions): Fleetbeat {
  const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` }, ...(fetch && { fetch }) });
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
    audit: { list: (query = {}) => answered(api.GET('/v1/audit', { params: { query } })) },
    me: () => answered(api.GET('/v1/me')),
  };
}
