import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { SessionId, TaskId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

export interface Tasks {
  /** Creates a task for a program, or with the target `*` for whichever claims it first. */
  create(task: Schemas['TaskCreate'], options?: CallOptions): ApiPromise<Schemas['Task']>;
  /** The most urgent first, then the oldest; pending tasks by default. */
  list(query?: Query<'listTasks'>, options?: CallOptions): ApiPromise<Schemas['TaskPage']>;
  /** The tasks of every page. */
  all(query?: Query<'listTasks'>, options?: CallOptions): AsyncGenerator<Schemas['TaskSummary'], void, undefined>;
  get(taskId: TaskId, options?: CallOptions): ApiPromise<Schemas['Task']>;
  /** Claims a task for a session, by default the program's current one. */
  claim(taskId: TaskId, sessionId?: SessionId, options?: CallOptions): ApiPromise<Schemas['Task']>;
  /** Releases a claimed task; with `sessionId` only if that session has claimed it. */
  release(taskId: TaskId, sessionId?: SessionId, options?: CallOptions): ApiPromise<Schemas['Task']>;
  complete(taskId: TaskId, completion: Schemas['TaskCompletion'], options?: CallOptions): ApiPromise<Schemas['Task']>;
}

export function tasksApi({ operation }: Connection): Tasks {
  const [list, all] = operation.list('/v1/tasks');
  const claim = operation('POST', '/v1/tasks/{taskId}/claim', 'body');
  const release = operation('POST', '/v1/tasks/{taskId}/release', 'body');
  const sessionBody = (sessionId?: SessionId) => (sessionId === undefined ? {} : { sessionId });
  return {
    list,
    all,
    create: operation('POST', '/v1/tasks', 'body'),
    get: operation('GET', '/v1/tasks/{taskId}'),
    claim: (taskId, sessionId, options) => claim(taskId, sessionBody(sessionId), options),
    release: (taskId, sessionId, options) => release(taskId, sessionBody(sessionId), options),
    complete: operation('POST', '/v1/tasks/{taskId}/complete', 'body'),
  };
}
