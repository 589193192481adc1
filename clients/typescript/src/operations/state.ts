import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { type ApiPromise, unwrapResponse } from '../error.js';
import type { CallOptions, WriteOptions } from '../options.js';
import { paginate } from '../pages.js';
import type { ChangeOptions, StateChange } from '../state-change.js';

export interface State {
  /** The current state, or the state at an instant. */
  read(programId: string, query?: Query<'getProgramState'>, options?: CallOptions): ApiPromise<Schemas['ProgramState']>;
  /**
   * The current state, or null if its version is still the given one, which costs the server one small query. Fields that
   * change by time alone (`stale`, `contextSummaryExpired`) make no new version: use `read` for those.
   */
  readIfChanged(programId: string, version: number, options?: CallOptions): Promise<Schemas['ProgramState'] | null>;
  /** Merges into the stored state; with `version` only if that is still the stored version. */
  update(
    programId: string,
    update: Schemas['ProgramStateUpdate'],
    options?: WriteOptions,
  ): ApiPromise<Schemas['WrittenState']>;
  /**
   * Reads, derives an update, and writes it if the state is unchanged; otherwise starts over. Resolves with null when
   * `change` returns null. Rejects with `version-mismatch` after `maxAttempts` other writers.
   */
  change(programId: string, change: StateChange, options?: ChangeOptions): Promise<Schemas['WrittenState'] | null>;
  /** What each write changed, newest first. */
  versions(
    programId: string,
    query?: Query<'listStateVersions'>,
    options?: CallOptions,
  ): ApiPromise<Schemas['StateVersionPage']>;
  /** The versions of every page. */
  allVersions(
    programId: string,
    query?: Query<'listStateVersions'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['StateVersion'], void, undefined>;
  readVersion(programId: string, version: number, options?: CallOptions): ApiPromise<Schemas['ProgramState']>;
  diff(programId: string, from: number, to: number, options?: CallOptions): ApiPromise<Schemas['StateDifference']>;
  /** Creates a new version equal to an earlier one. */
  restore(programId: string, to: Schemas['Restoration'], options?: WriteOptions): ApiPromise<Schemas['WrittenState']>;
  /** The whole state as one document, for `import`. */
  export(programId: string, options?: CallOptions): ApiPromise<Schemas['StateDocument']>;
  import(programId: string, body: Schemas['StateImport'], options?: WriteOptions): ApiPromise<Schemas['WrittenState']>;
}

export function stateApi({ http, api, requestOptions }: Connection): State {
  const pathParams = (programId: string) => ({ path: { programId } });
  const writeParams = (programId: string, options?: WriteOptions) => ({
    ...pathParams(programId),
    header: ifMatch(options),
  });
  const state: State = {
    read: (programId, query = {}, options) =>
      http.GET(
        '/v1/programs/{programId}/state',
        {
          params: { ...pathParams(programId), query },
        },
        options,
      ),
    async readIfChanged(programId, version, options) {
      const params = { ...pathParams(programId), header: { 'If-None-Match': `"${version}"` } };
      const call = await api.GET('/v1/programs/{programId}/state', { params, ...requestOptions(options) });
      return call.response.status === 304 ? null : unwrapResponse(Promise.resolve(call));
    },
    update: (programId, body, options) =>
      http.PATCH(
        '/v1/programs/{programId}/state',
        {
          params: writeParams(programId, options),
          body,
        },
        options,
      ),
    change: async (programId, change, options) =>
      (await import('../state-change.js')).changeState(state, programId, change, options),
    versions: (programId, query = {}, options) =>
      http.GET(
        '/v1/programs/{programId}/state/versions',
        {
          params: { ...pathParams(programId), query },
        },
        options,
      ),
    allVersions: (programId, query, options) => paginate((each) => state.versions(programId, each, options), query),
    readVersion: (programId, version, options) =>
      http.GET(
        '/v1/programs/{programId}/state/versions/{version}',
        {
          params: { path: { programId, version } },
        },
        options,
      ),
    diff: (programId, from, to, options) =>
      http.GET(
        '/v1/programs/{programId}/state/diff',
        {
          params: { ...pathParams(programId), query: { from, to } },
        },
        options,
      ),
    restore: (programId, body, options) =>
      http.POST(
        '/v1/programs/{programId}/state/restore',
        {
          params: writeParams(programId, options),
          body,
        },
        options,
      ),
    export: (programId, options) =>
      http.GET('/v1/programs/{programId}/state/export', { params: pathParams(programId) }, options),
    import: (programId, body, options) =>
      http.POST(
        '/v1/programs/{programId}/state/import',
        {
          params: writeParams(programId, options),
          body,
        },
        options,
      ),
  };
  return state;
}

/** The If-Match header of a conditional write (RFC 9110, 13.1.1). */
export const ifMatch = ({ version }: WriteOptions = {}) =>
  version === undefined ? {} : { 'If-Match': `"${version}"` };
