import type { CallOptions, Connection } from '../connection.js';
import { answered } from '../error.js';
import { everyItem } from '../pages.js';
import type { Query, Schemas, WriteOptions } from '../shapes.js';
import { ifMatch } from './state.js';

export interface Patterns {
  list(programId: string, query?: Query<'listPatterns'>, options?: CallOptions): Promise<Schemas['PatternPage']>;
  /** The patterns of every page. */
  all(
    programId: string,
    query?: Query<'listPatterns'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['LearnedPattern'], void, undefined>;
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
}

export function patternsOf({ api, how }: Connection): Patterns {
  const one = (programId: string, patternId: string, options?: WriteOptions) => ({
    path: { programId, patternId },
    header: ifMatch(options),
  });
  const patterns: Patterns = {
    list: (programId, query = {}, options) =>
      answered(
        api.GET('/v1/programs/{programId}/patterns', { params: { path: { programId }, query }, ...how(options) }),
      ),
    all: (programId, query = {}, options) =>
      everyItem(
        (each) => patterns.list(programId, each, options),
        (page) => page.patterns,
        query,
      ),
    async remove(programId, patternId, { sessionId, ...options } = {}) {
      const query = sessionId === undefined ? {} : { sessionId };
      const params = { ...one(programId, patternId, options), query };
      await answered(api.DELETE('/v1/programs/{programId}/patterns/{patternId}', { params, ...how(options) }));
    },
    reinforce: (programId, patternId, body = {}, options) =>
      answered(
        api.POST('/v1/programs/{programId}/patterns/{patternId}/reinforce', {
          params: one(programId, patternId, options),
          body,
          ...how(options),
        }),
      ),
    promote: (programId, patternId, body = {}, options) =>
      answered(
        api.POST('/v1/programs/{programId}/patterns/{patternId}/promote', {
          params: one(programId, patternId, options),
          body,
          ...how(options),
        }),
      ),
    setStatus: (programId, patternId, body, options) =>
      answered(
        api.PUT('/v1/programs/{programId}/patterns/{patternId}/status', {
          params: one(programId, patternId, options),
          body,
          ...how(options),
        }),
      ),
  };
  return patterns;
}
