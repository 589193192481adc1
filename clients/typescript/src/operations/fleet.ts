import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Fleet {
  health(options?: CallOptions): ApiPromise<Schemas['FleetHealth']>;
  /** Resumes archiving after a mass silence. */
  endMassSilence(options?: CallOptions): Promise<void>;
}

export const fleetApi = ({ http }: Connection): Fleet => ({
  health: (options) => http.GET('/v1/fleet/health', {}, options),
  endMassSilence: (options) => http.DELETE('/v1/fleet/mass-silence', {}, options),
});

export interface Programs {
  list(query?: Query<'listPrograms'>, options?: CallOptions): ApiPromise<Schemas['ProgramPage']>;
  /** The programs of every page. */
  all(query?: Query<'listPrograms'>, options?: CallOptions): AsyncGenerator<Schemas['Program'], void, undefined>;
  get(programId: string, options?: CallOptions): ApiPromise<Schemas['Program']>;
  update(programId: string, update: Schemas['ProgramUpdate'], options?: CallOptions): ApiPromise<Schemas['Program']>;
  /** Removes a program and everything it has. */
  remove(programId: string, options?: CallOptions): Promise<void>;
  /** Starts a run of a program and returns what the last one left behind. Sends no heartbeats. */
  boot(programId: string, run: Schemas['BootRequest'], options?: CallOptions): ApiPromise<Schemas['Boot']>;
}

export function programsApi({ http }: Connection): Programs {
  const pathParams = (programId: string) => ({ path: { programId } });
  const programs: Programs = {
    list: (query = {}, options) => http.GET('/v1/programs', { params: { query } }, options),
    all: (query, options) => paginate((each) => programs.list(each, options), query),
    get: (programId, options) => http.GET('/v1/programs/{programId}', { params: pathParams(programId) }, options),
    update: (programId, body, options) =>
      http.PATCH('/v1/programs/{programId}', { params: pathParams(programId), body }, options),
    remove: async (programId, options) =>
      void (await http.DELETE('/v1/programs/{programId}', { params: pathParams(programId) }, options)),
    boot: (programId, body, options) =>
      http.POST('/v1/programs/{programId}/boot', { params: pathParams(programId), body }, options),
  };
  return programs;
}
