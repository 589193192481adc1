/** Tasks as the schemas of the contract. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import { effectiveTask, isExpired, type TaskSnapshot } from './rules.ts';

type Schemas = components['schemas'];

export const toTaskView = (snapshot: TaskSnapshot): Schemas['Task'] => ({
  ...toTaskSummary(snapshot),
  instructions: snapshot.task.instructions,
  result: snapshot.task.result,
});

/** A task without its instructions and result, which can be long. */
export function toTaskSummary(snapshot: TaskSnapshot): Schemas['TaskSummary'] {
  const task = effectiveTask(snapshot);
  return {
    taskId: task.taskId,
    title: task.title,
    target: task.target,
    priority: task.priority,
    state: task.state,
    outcome: task.outcome,
    expired: isExpired(snapshot),
    claimedBy: task.claimedBy,
    claimedSession: task.claimedSession,
    createdBy: task.createdBy,
    createdAt: formatInstant(task.createdAt),
    claimedAt: formatInstantOrNull(task.claimedAt),
    completedAt: formatInstantOrNull(task.completedAt),
    expiresAt: formatInstantOrNull(task.expiresAt),
  };
}
