import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { unwrapResponse } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Fleet {
  health(options?: CallOptions): Promise<Schemas['FleetHealth']>;
  /** Resumes archiving after a mass silence. */
  endMassSilence(options?: CallOptions): Promise<void>;
}

export const fleetApi = ({ api, requestOptions }: Connection): Fleet => ({
  health: (options) => unwrapResponse(api.GET('/v1/fleet/health', requestOptions(options))),
  endMassSilence: (options) => unwrapResponse(api.DELETE('/v1/fleet/mass-silence', requestOptions(options))),
});

export interface Programs {
  list(query?: Query<'listPrograms'>, options?: CallOptions): Promise<Schemas['ProgramPage']>;
  /** The programs of every page. */
  all(query?: Query<'listPrograms'>, options?: CallOptions): AsyncGenerator<Schemas['Program'], void, undefined>;
  get(programId: string, options?: CallOptions): Promise<Schemas['Program']>;
  update(programId: string, update: Schemas['ProgramUpdate'], options?: CallOptions): Promise<Schemas['Program']>;
  /** Removes a program and everything it has. */
  remove(programId: string, options?: CallOptions): Promise<void>;
  /** Starts a run of a program and returns what the last one left behind. Sends no heartbeats. */
  boot(programId: string, run: Schemas['BootRequest'], options?: CallOptions): Promise<Schemas['Boot']>;
}

export function programsApi({ api, requestOptions }: Connection): Programs {
  const pathParams = (programId: string) => ({ path: { programId } });
  const programs: Programs = {
    list: (query = {}, options) =>
      unwrapResponse(api.GET('/v1/programs', { params: { query }, ...requestOptions(options) })),
    all: (query, options) => paginate((each) => programs.list(each, options), query),
    get: (programId, options) =>
      unwrapResponse(
        api.GET('/v1/programs/{programId}', { params: pathParams(programId), ...requestOptions(options) }),
      ),
    update: (programId, body, options) =>
      unwrapResponse(
        api.PATCH('/v1/programs/{programId}', { params: pathParams(programId), body, ...requestOptions(options) }),
      ),
    remove: async (programId, options) =>
      void (await unwrapResponse(
        api.DELETE('/v1/programs/{programId}', { params: pathParams(programId), ...requestOptions(options) }),
      )),
    boot: (programId, body, options) =>
      unwrapResponse(
        api.POST('/v1/programs/{programId}/boot', { params: pathParams(programId), body, ...requestOptions(options) }),
      ),
  };
  return programs;
}
