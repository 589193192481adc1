import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { ProgramId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

export interface Fleet {
  health(options?: CallOptions): ApiPromise<Schemas['FleetHealth']>;
  /** What programs did in the last day, week or month: one page, by id. */
  history(query?: Query<'getFleetHistory'>, options?: CallOptions): ApiPromise<Schemas['FleetHistory']>;
  /** The programs of every page. */
  allHistory(
    query?: Query<'getFleetHistory'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['ProgramHistory'], void, undefined>;
  /** Resumes archiving after a mass silence. */
  endMassSilence(options?: CallOptions): Promise<void>;
}

export function fleetApi({ operation }: Connection): Fleet {
  const [history, allHistory] = operation.list('/v1/fleet/history');
  return {
    history,
    allHistory,
    health: operation('GET', '/v1/fleet/health'),
    endMassSilence: operation('DELETE', '/v1/fleet/mass-silence'),
  };
}

export interface Programs {
  list(query?: Query<'listPrograms'>, options?: CallOptions): ApiPromise<Schemas['ProgramPage']>;
  /** The programs of every page. */
  all(query?: Query<'listPrograms'>, options?: CallOptions): AsyncGenerator<Schemas['Program'], void, undefined>;
  get(programId: ProgramId, options?: CallOptions): ApiPromise<Schemas['Program']>;
  update(programId: ProgramId, update: Schemas['ProgramUpdate'], options?: CallOptions): ApiPromise<Schemas['Program']>;
  /** Removes a program and everything it has. */
  remove(programId: ProgramId, options?: CallOptions): Promise<void>;
  /** Starts a run of a program and returns what the last one left behind. Sends no heartbeats. */
  boot(programId: ProgramId, run: Schemas['BootRequest'], options?: CallOptions): ApiPromise<Schemas['Boot']>;
}

export function programsApi({ operation }: Connection): Programs {
  const [list, all] = operation.list('/v1/programs');
  const remove = operation('DELETE', '/v1/programs/{programId}');
  return {
    list,
    all,
    get: operation('GET', '/v1/programs/{programId}'),
    update: operation('PATCH', '/v1/programs/{programId}', 'body'),
    remove: async (...given) => void (await remove(...given)),
    boot: operation('POST', '/v1/programs/{programId}/boot', 'body'),
  };
}
