/** Labels for tasks. Pure. */
import type { components } from '@fleetbeat/client';

export type TaskSummary = components['schemas']['TaskSummary'];
export type TaskState = 'waiting' | 'expired' | 'claimed' | 'succeeded' | 'failed' | 'cancelled';

/** The state of a task in one word; its outcome once it has one. */
export function getTaskState({
  state,
  outcome,
  expired,
}: Pick<TaskSummary, 'state' | 'outcome' | 'expired'>): TaskState {
  if (state === 'completed') return outcome ?? 'succeeded';
  if (state === 'claimed') return 'claimed';
  return expired ? 'expired' : 'waiting';
}

/** `*` is whichever program claims it first. */
export const formatTarget = (target: string): string => (target === '*' ? 'Any program' : target);

/** 5 is the most urgent. */
export const PRIORITIES = ['', 'Lowest', 'Low', 'Normal', 'High', 'Urgent'] as const;
export const formatPriority = (priority: number): string => PRIORITIES[priority] ?? String(priority);

const HOUR = 3_600;
/** Times to live in seconds; empty never expires. */
export const TTL_CHOICES = [
  { value: '', label: 'Never' },
  { value: String(HOUR), label: 'In an hour' },
  { value: String(24 * HOUR), label: 'In a day' },
  { value: String(7 * 24 * HOUR), label: 'In a week' },
  { value: String(30 * 24 * HOUR), label: 'In 30 days' },
] as const;
