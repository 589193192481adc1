/** A task as the contract shows it. */
import type { components } from '../../../openapi/generated/types.ts';
import { instant, instantOrNull } from '../../platform/clock.ts';
import { asItIs, isExpired, type KnownTask } from './rules.ts';

type Schemas = components['schemas'];

export const taskView = (known: KnownTask): Schemas['Task'] => ({
  ...taskSummary(known),
  instructions: known.task.instructions,
  result: known.task.result,
});

/** Without the long texts. */
export function taskSummary(known: KnownTask): Schemas['TaskSummary'] {
  const task = asItIs(known);
  return {
    taskId: task.taskId,
    title: task.title,
    target: task.target,
    priority: task.priority,
    state: task.state,
    outcome: task.outcome,
    expired: isExpired(known),
    claimedBy: task.claimedBy,
    claimedSession: task.claimedSession,
    createdBy: task.createdBy,
    createdAt: instant(task.createdAt),
    claimedAt: instantOrNull(task.claimedAt),
    completedAt: instantOrNull(task.completedAt),
    expiresAt: instantOrNull(task.expiresAt),
  };
}
