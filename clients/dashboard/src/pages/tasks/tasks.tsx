/** The tasks of the account: pending, claimed and completed. */

import { fleetbeat, mayWrite } from '../../auth.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Select } from '../../components/field.tsx';
import { Filters } from '../../components/filters.tsx';
import { Icon } from '../../components/icon.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { ProgramSelect } from '../../components/program-select.tsx';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';
import { PageLayout } from '../../shell/page.tsx';
import { useSearchParam } from '../../shell/use-search-param.ts';
import { NewTask } from './new-task.tsx';
import { TaskTable } from './task-table.tsx';

const STATE_CHOICES = [
  { value: 'pending', label: 'Waiting to be claimed' },
  { value: 'claimed', label: 'Claimed' },
  { value: 'completed', label: 'Completed' },
  { value: 'all', label: 'All, also expired ones' },
] as const;

export function Tasks() {
  const [stateText, setState] = useSearchParam('state', 'pending');
  const [target, setTarget] = useSearchParam('target');
  const [claimedBy, setClaimedBy] = useSearchParam('claimedBy');
  const [newTaskFor, setNewTaskFor] = useSearchParam('new');
  const state = STATE_CHOICES.find(({ value }) => value === stateText)?.value ?? 'pending';
  const tasks = usePaginatedQuery(
    async (pageQuery) => {
      const query = { state, ...(target && { target }), ...(claimedBy && { claimedBy }) };
      const page = await fleetbeat().tasks.list({ ...query, ...pageQuery });
      return { rows: page.tasks, nextCursor: page.nextCursor };
    },
    [state, target, claimedBy],
    { reloadOnEvent: ({ type }) => type.startsWith('task.') },
  );
  const isFiltered = target !== '' || claimedBy !== '';
  return (
    <PageLayout
      title="Tasks"
      actions={
        mayWrite() ? (
          <button type="button" class="button primary" onClick={() => setNewTaskFor('*')}>
            <Icon name="task" /> New task
          </button>
        ) : (
          <p class="faint">Auditors see tasks but give none.</p>
        )
      }
    >
      <Filters label="Which tasks">
        <Select
          label="State"
          choices={STATE_CHOICES}
          value={state}
          onChange={(event) => setState(event.currentTarget.value)}
        />
        <ProgramSelect
          label="That may be taken by"
          leadingOptions={[
            { value: '', label: 'Anybody' },
            { value: '*', label: 'Any program' },
          ]}
          value={target}
          onChange={setTarget}
        />
        <ProgramSelect
          label="Assignee"
          leadingOptions={[{ value: '', label: 'Anyone' }]}
          value={claimedBy}
          onChange={setClaimedBy}
        />
      </Filters>
      {tasks.error != null && <Problem error={tasks.error} retry={tasks.reload} />}
      {tasks.rows === undefined ? (
        tasks.error == null && <Loading what="tasks" />
      ) : tasks.rows.length > 0 ? (
        <>
          <TaskTable
            tasks={tasks.rows}
            caption={STATE_CHOICES.find(({ value }) => value === state)?.label ?? 'Tasks'}
          />
          <LoadMoreButton pages={tasks} what="tasks" />
        </>
      ) : (
        <NoTasks filtered={isFiltered} state={state} />
      )}
      {newTaskFor !== '' && mayWrite() && <NewTask target={newTaskFor} onClose={() => setNewTaskFor('')} />}
    </PageLayout>
  );
}

function NoTasks({ filtered, state }: { readonly filtered: boolean; readonly state: string }) {
  if (filtered)
    return (
      <EmptyState icon="search" title="No task matches">
        <a class="button" href="/tasks?state=all">
          Show all tasks
        </a>
      </EmptyState>
    );
  return (
    <EmptyState icon="task" title={state === 'pending' ? 'No task waits to be claimed' : 'No such task'}>
      <p>
        A task is work for one program, or for whichever claims it first. Agents see what waits for them in the answer
        to each heartbeat, claim it, and say how it ended.
      </p>
      {state !== 'all' && (
        <a class="button" href="/tasks?state=all">
          Show all tasks
        </a>
      )}
    </EmptyState>
  );
}
