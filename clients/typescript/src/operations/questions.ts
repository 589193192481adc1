import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Questions {
  /** Opens a question to a person; the session is blocked until it is closed. */
  ask(question: Schemas['QuestionAsk'], options?: CallOptions): ApiPromise<Schemas['Question']>;
  /** One question; with `wait` (seconds, at most 25) as soon as it is closed. Only the state `answered` carries an answer. */
  get(questionId: string, query?: Query<'getQuestion'>, options?: CallOptions): ApiPromise<Schemas['Question']>;
  /** The newest first; open ones unless the query says otherwise. */
  list(query?: Query<'listQuestions'>, options?: CallOptions): ApiPromise<Schemas['QuestionPage']>;
  /** The questions of every page. */
  all(query?: Query<'listQuestions'>, options?: CallOptions): AsyncGenerator<Schemas['Question'], void, undefined>;
  /** The first answer wins; a later one rejects with the kind `question-answered`. */
  answer(questionId: string, answer: Schemas['QuestionAnswer'], options?: CallOptions): ApiPromise<Schemas['Question']>;
  /** For a question that was answered elsewhere. */
  withdraw(questionId: string, options?: CallOptions): ApiPromise<Schemas['Question']>;
}

export function questionsApi({ http }: Connection): Questions {
  const pathParams = (questionId: string) => ({ path: { questionId } });
  const questions: Questions = {
    ask: (body, options) => http.POST('/v1/questions', { body }, options),
    get: (questionId, query = {}, options) =>
      http.GET(
        '/v1/questions/{questionId}',
        {
          params: { ...pathParams(questionId), query },
        },
        options,
      ),
    list: (query = {}, options) => http.GET('/v1/questions', { params: { query } }, options),
    all: (query, options) => paginate((each) => questions.list(each, options), query),
    answer: (questionId, body, options) =>
      http.POST(
        '/v1/questions/{questionId}/answer',
        {
          params: pathParams(questionId),
          body,
        },
        options,
      ),
    withdraw: (questionId, options) =>
      http.POST('/v1/questions/{questionId}/withdraw', { params: pathParams(questionId) }, options),
  };
  return questions;
}
