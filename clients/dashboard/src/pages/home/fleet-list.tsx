/** Every program, with search, filter and order in the URL. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useDayActivity } from '../../live/fleet-history.ts';
import { findProgramRow, rows, tasksForAll } from '../../live/fleet-store.ts';
import {
  FLEET_FILTERS,
  type FleetFilter,
  matchesFilter,
  SORT_ORDERS,
  type SortOrder,
  selectRows,
} from '../../live/program-row.ts';
import { useSearchParam } from '../../shell/use-search-param.ts';
import { FleetRow } from './fleet-row.tsx';

const FILTER_LABELS: Record<FleetFilter, string> = {
  all: 'All',
  needs: 'Need you',
  working: 'Working',
  blocked: 'Blocked',
  idle: 'Idle',
  stale: 'Stale',
  done: 'Done',
  offline: 'Offline',
};
const SORT_LABELS: Record<SortOrder, string> = {
  attention: 'Attention first',
  name: 'Name',
  heartbeat: 'Last heartbeat',
  context: 'Context used',
  progress: 'Progress',
};
const parseOption = <Option extends string>(all: readonly Option[], text: string): Option =>
  all.find((each) => each === text) ?? (all[0] as Option);

export function FleetList() {
  const [text, setText] = useSearchParam('q');
  const [showText, setShow] = useSearchParam('show', 'all');
  const [sortText, setSort] = useSearchParam('sort', 'attention');
  const [show, sort] = [parseOption(FLEET_FILTERS, showText), parseOption(SORT_ORDERS, sortText)];
  const listQuery = useSignal({ text, show, sort });
  useEffect(() => {
    listQuery.value = { text, show, sort };
  }, [listQuery, text, show, sort]);
  useDayActivity();
  const ids = useComputed(() => selectRows(rows.value, listQuery.value).map(({ programId }) => programId));

  return (
    <section aria-labelledby="programs-title">
      <div class="fleet-head">
        <h2 id="programs-title">Programs</h2>
        <TasksForAll />
        <div class="fleet-tools">
          <label class="search">
            <span class="unseen">Search programs</span>
            <Icon name="search" />
            <input
              type="search"
              value={text}
              placeholder="Search"
              onInput={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <label class="sort">
            <span class="unseen">Order</span>
            <select value={sort} onChange={(event) => setSort(event.currentTarget.value)}>
              {SORT_ORDERS.map((each) => (
                <option key={each} value={each}>
                  {SORT_LABELS[each]}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <FilterButtons show={show} onChange={setShow} />
      {ids.value.length > 0 ? (
        <>
          <div class="fleet-titles" aria-hidden="true">
            <span>Program</span>
            <span>State</span>
            <span>Heartbeat</span>
            <span>Progress</span>
            <span>Context</span>
            <span class="fleet-past">Last 24 hours</span>
            <span>Waiting</span>
          </div>
          <VirtualList label="Programs" ids={ids.value} class="fleet">
            {(programId) => <FleetRow key={programId} row={findProgramRow(programId)} />}
          </VirtualList>
        </>
      ) : (
        <EmptyState icon="search" title="No program matches">
          <a class="button" href="/">
            Show all programs
          </a>
        </EmptyState>
      )}
    </section>
  );
}

/** Work that any program may claim: said once, not in every row. */
const TasksForAll = () =>
  tasksForAll.value !== null &&
  tasksForAll.value > 0 && (
    <a class="fleet-tasks" href="/tasks?target=*">
      <Icon name="task" size={15} /> {tasksForAll.value} {tasksForAll.value === 1 ? 'task' : 'tasks'} for any program
    </a>
  );

interface FilterButtonsProps {
  readonly show: FleetFilter;
  readonly onChange: (show: string) => void;
}

/** Counts of programs; each count is a filter. */
function FilterButtons({ show, onChange }: FilterButtonsProps) {
  const counts = useComputed(() =>
    FLEET_FILTERS.map((each) => rows.value.filter((row) => matchesFilter(row, each)).length),
  );
  return (
    <fieldset class="shows">
      <legend class="unseen">Show</legend>
      {FLEET_FILTERS.map((each, index) => (
        <button key={each} type="button" class="show" aria-pressed={show === each} onClick={() => onChange(each)}>
          {FILTER_LABELS[each]} <span class="numeric">{counts.value[index]}</span>
        </button>
      ))}
    </fieldset>
  );
}
