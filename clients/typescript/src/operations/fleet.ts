import type { CallOptions, Connection } from '../connection.js';
import { answered } from '../error.js';
import { everyItem } from '../pages.js';
import type { Query, Schemas } from '../shapes.js';

export interface Fleet {
  health(options?: CallOptions): Promise<Schemas['FleetHealth']>;
  /** Lets sessions be archived again after a mass silence. */
  endMassSilence(options?: CallOptions): Promise<void>;
}

export const fleetOf = ({ api, how }: Connection): Fleet => ({
  health: (options) => answered(api.GET('/v1/fleet/health', how(options))),
  endMassSilence: async (options) => void (await answered(api.DELETE('/v1/fleet/mass-silence', how(options)))),
});

export interface Programs {
  list(query?: Query<'listPrograms'>, options?: CallOptions): Promise<Schemas['ProgramPage']>;
  /** The programs of every page. */
  all(query?: Query<'listPrograms'>, options?: CallOptions): AsyncGenerator<Schemas['Program'], void, undefined>;
  update(programId: string, update: Schemas['ProgramUpdate'], options?: CallOptions): Promise<Schemas['Program']>;
  /** Starts a run of a program and gets everything that the last one left behind. It sends no heartbeats. */
  boot(programId: string, run: Schemas['BootRequest'], options?: CallOptions): Promise<Schemas['Boot']>;
}

export function programsOf({ api, how }: Connection): Programs {
  const one = (programId: string) => ({ path: { programId } });
  const programs: Programs = {
    list: (query = {}, options) => answered(api.GET('/v1/programs', { params: { query }, ...how(options) })),
    all: (query = {}, options) =>
      everyItem(
        (each) => programs.list(each, options),
        (page) => page.programs,
        query,
      ),
    update: (programId, body, options) =>
      answered(api.PATCH('/v1/programs/{programId}', { params: one(programId), body, ...how(options) })),
    boot: (programId, body, options) =>
      answered(api.POST('/v1/programs/{programId}/boot', { params: one(programId), body, ...how(options) })),
  };
  return programs;
}
