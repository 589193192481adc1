import type { CallOptions, Connection } from '../connection.js';
import { answered } from '../error.js';
import { everyItem } from '../pages.js';
import type { Query, Schemas } from '../shapes.js';

export interface Tasks {
  /** Gives work to a program, or with the target `*` to whichever claims it first. */
  create(task: Schemas['TaskCreate'], options?: CallOptions): Promise<Schemas['Task']>;
  /** The most urgent first, then the oldest; pending ones unless the query says otherwise. */
  list(query?: Query<'listTasks'>, options?: CallOptions): Promise<Schemas['TaskPage']>;
  /** The tasks of every page. */
  all(query?: Query<'listTasks'>, options?: CallOptions): AsyncGenerator<Schemas['TaskSummary'], void, undefined>;
  get(taskId: string, options?: CallOptions): Promise<Schemas['Task']>;
  /** Takes a task for a session, by default the program's current one. */
  claim(taskId: string, sessionId?: string, options?: CallOptions): Promise<Schemas['Task']>;
  /** Gives a claimed task back unfinished; with `sessionId` only if that session has it. */
  release(taskId: string, sessionId?: string, options?: CallOptions): Promise<Schemas['Task']>;
  complete(taskId: string, completion: Schemas['TaskCompletion'], options?: CallOptions): Promise<Schemas['Task']>;
}

export function tasksOf({ api, how }: Connection): Tasks {
  const one = (taskId: string) => ({ path: { taskId } });
  const named = (sessionId?: string) => (sessionId === undefined ? {} : { sessionId });
  const tasks: Tasks = {
    create: (body, options) => answered(api.POST('/v1/tasks', { body, ...how(options) })),
    list: (query = {}, options) => answered(api.GET('/v1/tasks', { params: { query }, ...how(options) })),
    all: (query = {}, options) =>
      everyItem(
        (each) => tasks.list(each, options),
        (page) => page.tasks,
        query,
      ),
    get: (taskId, options) => answered(api.GET('/v1/tasks/{taskId}', { params: one(taskId), ...how(options) })),
    claim: (taskId, sessionId, options) =>
      answered(api.POST('/v1/tasks/{taskId}/claim', { params: one(taskId), body: named(sessionId), ...how(options) })),
    release: (taskId, sessionId, options) =>
      answered(
        api.POST('/v1/tasks/{taskId}/release', { params: one(taskId), body: named(sessionId), ...how(options) }),
      ),
    complete: (taskId, body, options) =>
      answered(api.POST('/v1/tasks/{taskId}/complete', { params: one(taskId), body, ...how(options) })),
  };
  return tasks;
}
