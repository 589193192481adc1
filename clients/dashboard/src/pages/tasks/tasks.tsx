/** Work that programs are given: what waits, who has it, what came of it. */
import { PAGE, usePages } from '../../live/pages.ts';
import { Empty } from '../../parts/empty.tsx';
import { Select } from '../../parts/field.tsx';
import { Filters } from '../../parts/filters.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { More } from '../../parts/more.tsx';
import { Problem } from '../../parts/problem.tsx';
import { ProgramField } from '../../parts/program-field.tsx';
import { fleetbeat, mayWrite } from '../../session.ts';
import { Page } from '../../shell/page.tsx';
import { useQuery } from '../../shell/query.ts';
import { NewTask } from './new-task.tsx';
import { TaskTable } from './task-table.tsx';

const STATES = [
  { value: 'pending', label: 'Waiting to be claimed' },
  { value: 'claimed', label: 'Claimed' },
  { value: 'completed', label: 'Completed' },
  { value: 'all', label: 'All, also expired ones' },
] as const;

export function Tasks() {
  const [stateText, setState] = useQuery('state', 'pending');
  const [target, setTarget] = useQuery('target');
  const [claimedBy, setClaimedBy] = useQuery('claimedBy');
  const [forWhom, setForWhom] = useQuery('new');
  const state = STATES.find(({ value }) => value === stateText)?.value ?? 'pending';
  const tasks = usePages(
    async (cursor) => {
      const query = { state, ...(target && { target }), ...(claimedBy && { claimedBy }) };
      const page = await fleetbeat().tasks.list({ ...query, limit: PAGE, ...cursor });
      return { rows: page.tasks, nextCursor: page.nextCursor };
    },
    [state, target, claimedBy],
    { when: ({ kind }) => kind.startsWith('task.') },
  );
  const isFiltered = target !== '' || claimedBy !== '';
  return (
    <Page
      title="Tasks"
      actions={
        mayWrite() ? (
          <button type="button" class="button primary" onClick={() => setForWhom('*')}>
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
          choices={STATES}
          value={state}
          onChange={(event) => setState(event.currentTarget.value)}
        />
        <ProgramField
          label="That may be taken by"
          first={[
            { value: '', label: 'Anybody' },
            { value: '*', label: 'Any program' },
          ]}
          value={target}
          onChoose={setTarget}
        />
        <ProgramField
          label="Taken by"
          first={[{ value: '', label: 'Anybody or nobody' }]}
          value={claimedBy}
          onChoose={setClaimedBy}
        />
      </Filters>
      {tasks.error != null && <Problem error={tasks.error} retry={tasks.reload} />}
      {tasks.rows === undefined ? (
        tasks.error == null && <Loading what="tasks" />
      ) : tasks.rows.length > 0 ? (
        <>
          <TaskTable tasks={tasks.rows} caption={STATES.find(({ value }) => value === state)?.label ?? 'Tasks'} />
          <More pages={tasks} what="tasks" />
        </>
      ) : (
        <NoTask filtered={isFiltered} state={state} />
      )}
      {forWhom !== '' && mayWrite() && <NewTask target={forWhom} onClose={() => setForWhom('')} />}
    </Page>
  );
}

function NoTask({ filtered, state }: { readonly filtered: boolean; readonly state: string }) {
  if (filtered)
    return (
      <Empty icon="search" title="No task matches">
        <a class="button" href="/tasks?state=all">
          Show all tasks
        </a>
      </Empty>
    );
  return (
    <Empty icon="task" title={state === 'pending' ? 'No task waits to be claimed' : 'No such task'}>
      <p>
        A task is work for one program, or for whichever claims it first. Agents see what waits for them in the answer
        to each heartbeat, claim it, and say how it ended.
      </p>
      {state !== 'all' && (
        <a class="button" href="/tasks?state=all">
          Show all tasks
        </a>
      )}
    </Empty>
  );
}
