import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { PatternId, ProgramId, SessionId } from '../generated/types.js';
import type { CallOptions, WriteOptions } from '../options.js';

export interface Patterns {
  list(programId: ProgramId, query?: Query<'listPatterns'>, options?: CallOptions): ApiPromise<Schemas['PatternPage']>;
  /** The patterns of every page. */
  all(
    programId: ProgramId,
    query?: Query<'listPatterns'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['LearnedPattern'], void, undefined>;
  get(programId: ProgramId, patternId: PatternId, options?: CallOptions): ApiPromise<Schemas['LearnedPattern']>;
  remove(programId: ProgramId, patternId: PatternId, options?: WriteOptions & { sessionId?: SessionId }): Promise<void>;
  reinforce(
    programId: ProgramId,
    patternId: PatternId,
    reinforcement?: Schemas['Reinforcement'],
    options?: WriteOptions,
  ): ApiPromise<Schemas['WrittenPattern']>;
  promote(
    programId: ProgramId,
    patternId: PatternId,
    promotion?: Schemas['Promotion'],
    options?: WriteOptions,
  ): ApiPromise<Schemas['WrittenPattern']>;
  setStatus(
    programId: ProgramId,
    patternId: PatternId,
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
