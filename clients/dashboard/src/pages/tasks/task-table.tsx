/** Tasks, one per row. */
import { Age } from '../../components/age.tsx';
import { Table } from '../../components/table.tsx';
import { programPath, sessionPath, taskPath } from '../../routes.ts';
import { TaskBadge } from './task-badge.tsx';
import { formatPriority, formatTarget, type TaskSummary } from './task-labels.ts';

export const TaskTable = ({ tasks, caption }: { readonly tasks: readonly TaskSummary[]; readonly caption: string }) => (
  <Table
    caption={caption}
    rows={tasks}
    getKey={({ taskId }) => taskId}
    columns={[
      {
        title: 'Task',
        isRowHeader: true,
        cell: ({ taskId, title }) => (
          <a href={taskPath(taskId)} dir="auto">
            {title}
          </a>
        ),
      },
      { title: 'State', tight: true, cell: (task) => <TaskBadge task={task} /> },
      { title: 'For', labelled: true, cell: ({ target }) => <Target target={target} /> },
      { title: 'Priority', tight: true, cell: ({ priority }) => formatPriority(priority) },
      { title: 'Assignee', labelled: true, cell: Assignee },
      {
        title: 'Made',
        tight: true,
        cell: ({ createdAt }) => (
          <span>
            <Age at={createdAt} /> ago
          </span>
        ),
      },
    ]}
  />
);

export const Target = ({ target }: { readonly target: string }) =>
  target === '*' ? <span>{formatTarget(target)}</span> : <a href={programPath(target)}>{target}</a>;

/** The program and session that claimed it. */
export const Assignee = ({ claimedBy, claimedSession }: Pick<TaskSummary, 'claimedBy' | 'claimedSession'>) =>
  claimedBy === null ? (
    <span class="faint">nobody</span>
  ) : claimedSession === null ? (
    <a href={programPath(claimedBy)}>{claimedBy}</a>
  ) : (
    <a href={sessionPath(claimedSession)}>{claimedSession}</a>
  );
