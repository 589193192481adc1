import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { QuestionId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

export interface Questions {
  /** Opens a question to a person; the session is blocked until it is closed. */
  ask(question: Schemas['QuestionAsk'], options?: CallOptions): ApiPromise<Schemas['Question']>;
  /** One question; with `wait` (seconds, at most 25) as soon as it is closed. Only the state `answered` carries an answer. */
  get(questionId: QuestionId, query?: Query<'getQuestion'>, options?: CallOptions): ApiPromise<Schemas['Question']>;
  /** The newest first; open ones unless the query says otherwise. */
  list(query?: Query<'listQuestions'>, options?: CallOptions): ApiPromise<Schemas['QuestionPage']>;
  /** The questions of every page. */
  all(query?: Query<'listQuestions'>, options?: CallOptions): AsyncGenerator<Schemas['Question'], void, undefined>;
  /** The first answer wins; a later one rejects with the kind `question-answered`. */
  answer(
    questionId: QuestionId,
    answer: Schemas['QuestionAnswer'],
    options?: CallOptions,
  ): ApiPromise<Schemas['Question']>;
  /** For a question that was answered elsewhere. */
  withdraw(questionId: QuestionId, options?: CallOptions): ApiPromise<Schemas['Question']>;
}

export function questionsApi({ operation }: Connection): Questions {
  const [list, all] = operation.list('/v1/questions');
  return {
    list,
    all,
    ask: operation('POST', '/v1/questions', 'body'),
    get: operation('GET', '/v1/questions/{questionId}', 'query'),
    answer: operation('POST', '/v1/questions/{questionId}/answer', 'body'),
    withdraw: operation('POST', '/v1/questions/{questionId}/withdraw'),
  };
}
