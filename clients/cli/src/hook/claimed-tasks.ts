import type { Fleetbeat } from '@fleetbeat/client';
import { classifyError, concernsAll } from './hook-client.ts';

const MAX_TASKS = 20;

/** The tasks that a session has claimed. None when the server refuses to tell; throws when it refuses everything. */
export async function listClaimedTasks(server: Fleetbeat, programId: string, sessionId: string) {
  try {
    const { tasks } = await server.tasks.list({ state: 'claimed', claimedBy: programId, limit: 50 });
    const own = tasks.filter(({ claimedSession }) => claimedSession === sessionId).slice(0, MAX_TASKS);
    return own.map(({ taskId, title }) => ({ taskId, title }));
  } catch (error) {
    if (concernsAll(classifyError(error))) throw error;
    return [];
  }
}
