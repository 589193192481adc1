/** The state of a task. */
import { Badge } from '../../components/badge.tsx';
import { getTaskState, type TaskSummary } from './task-labels.ts';

const TASK_STATE_BADGES = {
  waiting: ['info', 'clock', 'Waiting'],
  expired: ['quiet', 'off', 'Expired'],
  claimed: ['good', 'pulse', 'Claimed'],
  succeeded: ['quiet', 'check', 'Succeeded'],
  failed: ['bad', 'alert', 'Failed'],
  cancelled: ['quiet', 'off', 'Cancelled'],
} as const;

export function TaskBadge({ task }: { readonly task: TaskSummary }) {
  const [tone, icon, text] = TASK_STATE_BADGES[getTaskState(task)];
  return (
    <Badge tone={tone} icon={icon}>
      {text}
    </Badge>
  );
}
