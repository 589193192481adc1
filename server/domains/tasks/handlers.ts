/** The handlers of tasks. */
import { created, type Handlers } from '../../platform/operations.ts';
import type { TaskService } from './service.ts';
import { toTaskSummary, toTaskView } from './view.ts';

export const taskHandlers: Handlers<
  'createTask' | 'listTasks' | 'getTask' | 'claimTask' | 'releaseTask' | 'completeTask',
  { readonly tasks: TaskService }
> = {
  async createTask({ body }, { principal, services }) {
    const task = toTaskView(await services.tasks.create(principal, body));
    return created(`/v1/tasks/${task.taskId}`, task);
  },

  async listTasks({ query }, { principal, services }) {
    const { tasks, nextCursor } = await services.tasks.list(principal, query);
    return { status: 200, body: { tasks: tasks.map(toTaskSummary), nextCursor } };
  },

  async getTask({ path }, { principal, services }) {
    return { status: 200, body: toTaskView(await services.tasks.get(principal, path.taskId)) };
  },

  async claimTask({ path, body }, { principal, services }) {
    return { status: 200, body: toTaskView(await services.tasks.claim(principal, path.taskId, body?.sessionId)) };
  },

  async releaseTask({ path, body }, { principal, services }) {
    return { status: 200, body: toTaskView(await services.tasks.release(principal, path.taskId, body?.sessionId)) };
  },

  async completeTask({ path, body }, { principal, services }) {
    return { status: 200, body: toTaskView(await services.tasks.complete(principal, path.taskId, body)) };
  },
};
