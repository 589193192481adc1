/** Operation → service → view, for the operations of tasks. */
import type { Handlers } from '../operations.ts';
import { taskSummary, taskView } from './view.ts';

export const taskHandlers: Handlers<
  'createTask' | 'listTasks' | 'getTask' | 'claimTask' | 'releaseTask' | 'completeTask'
> = {
  async createTask({ body }, { principal, services: { tasks } }) {
    return { status: 201, body: taskView(await tasks.create(principal, body), tasks.moment()) };
  },

  async listTasks({ query }, { principal, services: { tasks } }) {
    const at = tasks.moment();
    const page = await tasks.list(principal, at, query);
    return {
      status: 200,
      body: { tasks: page.tasks.map((known) => taskSummary(known, at)), nextCursor: page.nextCursor },
    };
  },

  async getTask({ path }, { principal, services: { tasks } }) {
    return { status: 200, body: taskView(await tasks.get(principal, path.taskId), tasks.moment()) };
  },

  async claimTask({ path, body }, { principal, services: { tasks } }) {
    return { status: 200, body: taskView(await tasks.claim(principal, path.taskId, body?.sessionId), tasks.moment()) };
  },

  async releaseTask({ path, body }, { principal, services: { tasks } }) {
    return {
      status: 200,
      body: taskView(await tasks.release(principal, path.taskId, body?.sessionId), tasks.moment()),
    };
  },

  async completeTask({ path, body }, { principal, services: { tasks } }) {
    return { status: 200, body: taskView(await tasks.complete(principal, path.taskId, body), tasks.moment()) };
  },
};
