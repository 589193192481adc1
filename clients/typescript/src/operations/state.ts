import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { unwrapResponse } from '../error.js';
import type { CallOptions, WriteOptions } from '../options.js';
import { paginate } from '../pages.js';
import { type ChangeOptions, changeState, type StateChange } from '../state-change.js';

export interface State {
  /** As it is now, or as it was at an instant. */
  read(programId: string, query?: Query<'getProgramState'>, options?: CallOptions): Promise<Schemas['ProgramState']>;
  /**
   * As it is now, or null when this is still its version: nothing was written since, and the server has looked at no more
   * than that. What has only aged (`stale`, `contextSummaryExpired`) is told by `read`.
   */
  readIfChanged(programId: string, version: number, options?: CallOptions): Promise<Schemas['ProgramState'] | null>;
  /** Merges into what is stored; with `version` only when that is still the stored version. */
  update(
    programId: string,
    update: Schemas['ProgramStateUpdate'],
    options?: WriteOptions,
  ): Promise<Schemas['WrittenState']>;
  /**
   * Reads, works out what is to change, and writes if the state is still the one that was read; otherwise begins anew.
   * Resolves with null when `change` wanted nothing. Rejects with `version-mismatch` after `rounds` other writers.
   */
  change(programId: string, change: StateChange, options?: ChangeOptions): Promise<Schemas['WrittenState'] | null>;
  /** What each write has changed, the newest first. */
  versions(
    programId: string,
    query?: Query<'listStateVersions'>,
    options?: CallOptions,
  ): Promise<Schemas['StateVersionPage']>;
  /** The versions of every page. */
  allVersions(
    programId: string,
    query?: Query<'listStateVersions'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['StateVersion'], void, undefined>;
  readVersion(programId: string, version: number, options?: CallOptions): Promise<Schemas['ProgramState']>;
  diff(programId: string, from: number, to: number, options?: CallOptions): Promise<Schemas['StateDifference']>;
  /** Makes a new version that is like an earlier one. */
  restore(programId: string, to: Schemas['Restoration'], options?: WriteOptions): Promise<Schemas['WrittenState']>;
  /** The whole state as one document, for `import`. */
  export(programId: string, options?: CallOptions): Promise<Schemas['StateDocument']>;
  import(programId: string, body: Schemas['StateImport'], options?: WriteOptions): Promise<Schemas['WrittenState']>;
}

export function stateApi({ api, requestOptions }: Connection): State {
  const pathParams = (programId: string) => ({ path: { programId } });
  const writeParams = (programId: string, options?: WriteOptions) => ({
    ...pathParams(programId),
    header: ifMatch(options),
  });
  const state: State = {
    read: (programId, query = {}, options) =>
      unwrapResponse(
        api.GET('/v1/programs/{programId}/state', {
          params: { ...pathParams(programId), query },
          ...requestOptions(options),
        }),
      ),
    async readIfChanged(programId, version, options) {
      const params = { ...pathParams(programId), header: { 'If-None-Match': `"${version}"` } };
      const call = await api.GET('/v1/programs/{programId}/state', { params, ...requestOptions(options) });
      return call.response.status === 304 ? null : unwrapResponse(Promise.resolve(call));
    },
    update: (programId, body, options) =>
      unwrapResponse(
        api.PATCH('/v1/programs/{programId}/state', {
          params: writeParams(programId, options),
          body,
          ...requestOptions(options),
        }),
      ),
    change: (programId, change, options) => changeState(state, programId, change, options),
    versions: (programId, query = {}, options) =>
      unwrapResponse(
        api.GET('/v1/programs/{programId}/state/versions', {
          params: { ...pathParams(programId), query },
          ...requestOptions(options),
        }),
      ),
    allVersions: (programId, query = {}, options) =>
      paginate(
        (each) => state.versions(programId, each, options),
        (page) => page.versions,
        query,
      ),
    readVersion: (programId, version, options) =>
      unwrapResponse(
        api.GET('/v1/programs/{programId}/state/versions/{version}', {
          params: { path: { programId, version } },
          ...requestOptions(options),
        }),
      ),
    diff: (programId, from, to, options) =>
      unwrapResponse(
        api.GET('/v1/programs/{programId}/state/diff', {
          params: { ...pathParams(programId), query: { from, to } },
          ...requestOptions(options),
        }),
      ),
    restore: (programId, body, options) =>
      unwrapResponse(
        api.POST('/v1/programs/{programId}/state/restore', {
          params: writeParams(programId, options),
          body,
          ...requestOptions(options),
        }),
      ),
    export: (programId, options) =>
      unwrapResponse(
        api.GET('/v1/programs/{programId}/state/export', { params: pathParams(programId), ...requestOptions(options) }),
      ),
    import: (programId, body, options) =>
      unwrapResponse(
        api.POST('/v1/programs/{programId}/state/import', {
          params: writeParams(programId, options),
          body,
          ...requestOptions(options),
        }),
      ),
  };
  return state;
}

/** The version that a write depends on, as the header has it (RFC 9110, 13.1.1). */
export const ifMatch = ({ version }: WriteOptions = {}) =>
  version === undefined ? {} : { 'If-Match': `"${version}"` };
