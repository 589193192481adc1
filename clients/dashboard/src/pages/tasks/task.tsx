/** One task: its instructions, assignee and result. */

import { fleetbeat } from '../../auth.ts';
import { Age, Timestamp } from '../../components/age.tsx';
import { Fact } from '../../components/fact.tsx';
import { LoadFailure } from '../../components/load-failure.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { useServerQuery } from '../../live/use-server-query.ts';
import { programPath } from '../../routes.ts';
import { PageLayout } from '../../shell/page.tsx';
import { TaskActions } from './task-actions.tsx';
import { TaskBadge } from './task-badge.tsx';
import { formatPriority } from './task-labels.ts';
import { Assignee, Target } from './task-table.tsx';
import './task.css';

const BREADCRUMB = <a href="/tasks">Tasks</a>;

export function Task({ taskId = '' }: { readonly taskId?: string }) {
  const task = useServerQuery(() => fleetbeat().tasks.get(taskId), [taskId], {
    reloadOnEvent: ({ type, data }) => type.startsWith('task.') && 'taskId' in data && data.taskId === taskId,
  });
  const it = task.value;
  if (!it)
    return (
      <PageLayout title="Task" breadcrumb={BREADCRUMB}>
        {task.error == null ? (
          <Loading what="the task" />
        ) : (
          <LoadFailure error={task.error} retry={task.reload} missing={`There is no task ${taskId}`}>
            <p>It was removed some time after it ended, or it never existed.</p>
            <a class="button" href="/tasks?state=all">
              All tasks
            </a>
          </LoadFailure>
        )}
      </PageLayout>
    );
  return (
    <PageLayout title={it.title} breadcrumb={BREADCRUMB}>
      <div class="stack">
        {task.error != null && <Problem error={task.error} retry={task.reload} />}
        <section class="card stack" aria-label="Now">
          <p class="row">
            <TaskBadge task={it} />
          </p>
          <dl class="facts">
            <Fact name="For">
              <Target target={it.target} />
            </Fact>
            <Fact name="Priority">{formatPriority(it.priority)}</Fact>
            <Fact name="Assignee">
              <Assignee {...it} />
              {it.claimedAt !== null && (
                <span class="faint">
                  {' '}
                  <Age at={it.claimedAt} /> ago
                </span>
              )}
            </Fact>
            <Fact name="Made">
              <Timestamp at={it.createdAt} />
              <span class="faint">
                {' by '}
                {it.createdBy === null ? 'a person' : <a href={programPath(it.createdBy)}>{it.createdBy}</a>}
              </span>
            </Fact>
            {it.completedAt !== null && (
              <Fact name="Ended">
                <Timestamp at={it.completedAt} />
              </Fact>
            )}
            {it.expiresAt !== null && it.state === 'created' && (
              <Fact name={it.expired ? 'Expired' : 'Expires unclaimed'}>
                <Timestamp at={it.expiresAt} />
              </Fact>
            )}
          </dl>
          <TaskActions task={it} onChanged={task.reload} />
        </section>
        <section class="card" aria-labelledby="instructions-title">
          <h2 id="instructions-title">Instructions</h2>
          {it.instructions === '' ? (
            <p class="faint">None: the title says it all.</p>
          ) : (
            <p class="prose" dir="auto">
              {it.instructions}
            </p>
          )}
        </section>
        {it.state === 'completed' && (
          <section class="card" aria-labelledby="result-title">
            <h2 id="result-title">Result</h2>
            {it.result === null ? (
              <p class="faint">No result was recorded.</p>
            ) : (
              <p class="prose" dir="auto">
                {it.result}
              </p>
            )}
          </section>
        )}
      </div>
    </PageLayout>
  );
}
