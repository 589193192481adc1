import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Tasks {
  /** Creates a task for a program, or with the target `*` for whichever claims it first. */
  create(task: Schemas['TaskCreate'], options?: CallOptions): ApiPromise<Schemas['Task']>;
  /** The most urgent first, then the oldest; pending tasks by default. */
  list(query?: Query<'listTasks'>, options?: CallOptions): ApiPromise<Schemas['TaskPage']>;
  /** The tasks of every page. */
  all(query?: Query<'listTasks'>, options?: CallOptions): AsyncGenerator<Schemas['TaskSummary'], void, undefined>;
  get(taskId: string, options?: CallOptions): ApiPromise<Schemas['Task']>;
  /** Claims a task for a session, by default the program's current one. */
  claim(taskId: string, sessionId?: string, options?: CallOptions): ApiPromise<Schemas['Task']>;
  /** Releases a claimed task; with `sessionId` only if that session has claimed it. */
  release(taskId: string, sessionId?: string, options?: CallOptions): ApiPromise<Schemas['Task']>;
  complete(taskId: string, completion: Schemas['TaskCompletion'], options?: CallOptions): ApiPromise<Schemas['Task']>;
}

export function tasksApi({ http }: Connection): Tasks {
  const pathParams = (taskId: string) => ({ path: { taskId } });
  const sessionBody = (sessionId?: string) => (sessionId === undefined ? {} : { sessionId });
  const tasks: Tasks = {
    create: (body, options) => http.POST('/v1/tasks', { body }, options),
    list: (query = {}, options) => http.GET('/v1/tasks', { params: { query } }, options),
    all: (query, options) => paginate((each) => tasks.list(each, options), query),
    get: (taskId, options) => http.GET('/v1/tasks/{taskId}', { params: pathParams(taskId) }, options),
    claim: (taskId, sessionId, options) =>
      http.POST(
        '/v1/tasks/{taskId}/claim',
        {
          params: pathParams(taskId),
          body: sessionBody(sessionId),
        },
        options,
      ),
    release: (taskId, sessionId, options) =>
      http.POST(
        '/v1/tasks/{taskId}/release',
        {
          params: pathParams(taskId),
          body: sessionBody(sessionId),
        },
        options,
      ),
    complete: (taskId, body, options) =>
      http.POST('/v1/tasks/{taskId}/complete', { params: pathParams(taskId), body }, options),
  };
  return tasks;
}
