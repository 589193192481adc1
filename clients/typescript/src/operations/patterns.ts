import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions, WriteOptions } from '../options.js';

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

export function patternsApi({ operation }: Connection): Patterns {
  const [list, all] = operation.list('/v1/programs/{programId}/patterns');
  const remove = operation('DELETE', '/v1/programs/{programId}/patterns/{patternId}', 'query');
  return {
    list,
    all,
    get: operation('GET', '/v1/programs/{programId}/patterns/{patternId}'),
    async remove(programId, patternId, { sessionId, ...options } = {}) {
      await remove(programId, patternId, sessionId === undefined ? {} : { sessionId }, options);
    },
    reinforce: operation('POST', '/v1/programs/{programId}/patterns/{patternId}/reinforce', 'body'),
    promote: operation('POST', '/v1/programs/{programId}/patterns/{patternId}/promote', 'body'),
    setStatus: operation('PUT', '/v1/programs/{programId}/patterns/{patternId}/status', 'body'),
  };
}
