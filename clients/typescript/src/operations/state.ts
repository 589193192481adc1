import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { type ApiPromise, unwrapResponse } from '../error.js';
import type { ProgramId } from '../generated/types.js';
import type { CallOptions, WriteOptions } from '../options.js';
import type { ChangeOptions, StateChange } from '../state-change.js';

export interface State {
  /** The current state, or the state at an instant. */
  read(
    programId: ProgramId,
    query?: Query<'getProgramState'>,
    options?: CallOptions,
  ): ApiPromise<Schemas['ProgramState']>;
  /**
   * The current state, or null if its version is still the given one, which costs the server one small query. Fields that
   * change by time alone (`stale`, `contextSummaryExpired`) make no new version: use `read` for those.
   */
  readIfChanged(programId: ProgramId, version: number, options?: CallOptions): Promise<Schemas['ProgramState'] | null>;
  /** Merges into the stored state; with `version` only if that is still the stored version. */
  update(
    programId: ProgramId,
    update: Schemas['ProgramStateUpdate'],
    options?: WriteOptions,
  ): ApiPromise<Schemas['WrittenState']>;
  /**
   * Reads, derives an update, and writes it if the state is unchanged; otherwise starts over. Resolves with null when
   * `change` returns null. Rejects with `version-mismatch` after `maxAttempts` other writers.
   */
  change(programId: ProgramId, change: StateChange, options?: ChangeOptions): Promise<Schemas['WrittenState'] | null>;
  /** What each write changed, newest first. */
  versions(
    programId: ProgramId,
    query?: Query<'listStateVersions'>,
    options?: CallOptions,
  ): ApiPromise<Schemas['StateVersionPage']>;
  /** The versions of every page. */
  allVersions(
    programId: ProgramId,
    query?: Query<'listStateVersions'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['StateVersion'], void, undefined>;
  readVersion(programId: ProgramId, version: number, options?: CallOptions): ApiPromise<Schemas['ProgramState']>;
  diff(programId: ProgramId, from: number, to: number, options?: CallOptions): ApiPromise<Schemas['StateDifference']>;
  /** Creates a new version equal to an earlier one. */
  restore(
    programId: ProgramId,
    to: Schemas['Restoration'],
    options?: WriteOptions,
  ): ApiPromise<Schemas['WrittenState']>;
  /** The whole state as one document, for `import`. */
  export(programId: ProgramId, options?: CallOptions): ApiPromise<Schemas['StateDocument']>;
  import(
    programId: ProgramId,
    body: Schemas['StateImport'],
    options?: WriteOptions,
  ): ApiPromise<Schemas['WrittenState']>;
}

export function stateApi({ operation, sendCall }: Connection): State {
  const [versions, allVersions] = operation.list('/v1/programs/{programId}/state/versions');
  const diff = operation('GET', '/v1/programs/{programId}/state/diff', 'query');
  const state: State = {
    versions,
    allVersions,
    read: operation('GET', '/v1/programs/{programId}/state', 'query'),
    async readIfChanged(programId, version, options) {
      const headers = { ...options?.headers, 'If-None-Match': `"${version}"` };
      const path = '/v1/programs/{programId}/state';
      const answered = await sendCall<Schemas['ProgramState']>(
        'GET',
        path,
        { ids: { programId } },
        { ...options, headers },
      );
      return answered.response.status === 304 ? null : unwrapResponse(Promise.resolve(answered));
    },
    update: operation('PATCH', '/v1/programs/{programId}/state', 'body'),
    change: async (programId, change, options) =>
      (await import('../state-change.js')).changeState(state, programId, change, options),
    readVersion: operation('GET', '/v1/programs/{programId}/state/versions/{version}'),
    diff: (programId, from, to, options) => diff(programId, { from, to }, options),
    restore: operation('POST', '/v1/programs/{programId}/state/restore', 'body'),
    export: operation('GET', '/v1/programs/{programId}/state/export'),
    import: operation('POST', '/v1/programs/{programId}/state/import', 'body'),
  };
  return state;
}
