import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions, WriteOptions } from '../options.js';
import { paginate } from '../pages.js';
import { ifMatch } from './state.js';

export interface Patterns {
  list(programId: string, query?: Query<'listPatterns'>, options?: CallOptions): ApiPromise<Schemas['PatternPage']>;
  /** The patterns of every page. */
  all(
    programId: string,
    query?: Query<'listPatterns'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['LearnedPattern'], void, undefined>;
  get(programId: string, patternId: string, options?: CallOptions): ApiPromise<Schemas['LearnedPattern']>;
  remove(programId: string, patternId: string, options?: WriteOptions & { sessionId?: string }): Promise<void>;
  reinforce(
    programId: string,
    patternId: string,
    reinforcement?: Schemas['Reinforcement'],
    options?: WriteOptions,
  ): ApiPromise<Schemas['WrittenPattern']>;
  promote(
    programId: string,
    patternId: string,
    promotion?: Schemas['Promotion'],
    options?: WriteOptions,
  ): ApiPromise<Schemas['WrittenPattern']>;
  setStatus(
    programId: string,
    patternId: string,
    status: Schemas['PatternStatusChange'],
    options?: WriteOptions,
  ): ApiPromise<Schemas['WrittenPattern']>;
}

export function patternsApi({ http }: Connection): Patterns {
  const patternParams = (programId: string, patternId: string, options?: WriteOptions) => ({
    path: { programId, patternId },
    header: ifMatch(options),
  });
  const patterns: Patterns = {
    list: (programId, query = {}, options) =>
      http.GET(
        '/v1/programs/{programId}/patterns',
        {
          params: { path: { programId }, query },
        },
        options,
      ),
    all: (programId, query, options) => paginate((each) => patterns.list(programId, each, options), query),
    get: (programId, patternId, options) =>
      http.GET(
        '/v1/programs/{programId}/patterns/{patternId}',
        {
          params: { path: { programId, patternId } },
        },
        options,
      ),
    async remove(programId, patternId, { sessionId, ...options } = {}) {
      const query = sessionId === undefined ? {} : { sessionId };
      const params = { ...patternParams(programId, patternId, options), query };
      await http.DELETE('/v1/programs/{programId}/patterns/{patternId}', { params }, options);
    },
    reinforce: (programId, patternId, body = {}, options) =>
      http.POST(
        '/v1/programs/{programId}/patterns/{patternId}/reinforce',
        {
          params: patternParams(programId, patternId, options),
          body,
        },
        options,
      ),
    promote: (programId, patternId, body = {}, options) =>
      http.POST(
        '/v1/programs/{programId}/patterns/{patternId}/promote',
        {
          params: patternParams(programId, patternId, options),
          body,
        },
        options,
      ),
    setStatus: (programId, patternId, body, options) =>
      http.PUT(
        '/v1/programs/{programId}/patterns/{patternId}/status',
        {
          params: patternParams(programId, patternId, options),
          body,
        },
        options,
      ),
  };
  return patterns;
}
