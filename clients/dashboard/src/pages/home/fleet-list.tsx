/** Every program, found by words, chosen by state, in an order; the choice lives in the address. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { rowOf, rows } from '../../live/fleet-store.ts';
import { chosen, isShown, SHOWN, type Shown, SORTS, type Sort } from '../../live/program-row.ts';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { VirtualList } from '../../parts/virtual-list.tsx';
import { useQuery } from '../../shell/query.ts';
import { FleetRow } from './fleet-row.tsx';

const NAMES: Record<Shown, string> = {
  all: 'All',
  needs: 'Need you',
  working: 'Working',
  blocked: 'Blocked',
  stale: 'Stale',
  offline: 'Offline',
};
const ORDERS: Record<Sort, string> = {
  attention: 'Attention first',
  name: 'Name',
  heartbeat: 'Last heartbeat',
  context: 'Context used',
  progress: 'Progress',
};
const oneOf = <Each extends string>(all: readonly Each[], text: string): Each =>
  all.find((each) => each === text) ?? (all[0] as Each);

export function FleetList() {
  const [text, setText] = useQuery('q');
  const [showText, setShow] = useQuery('show', 'all');
  const [sortText, setSort] = useQuery('sort', 'attention');
  const [show, sort] = [oneOf(SHOWN, showText), oneOf(SORTS, sortText)];
  const choice = useSignal({ text, show, sort });
  useEffect(() => {
    choice.value = { text, show, sort };
  }, [choice, text, show, sort]);
  const ids = useComputed(() => chosen(rows.value, choice.value).map(({ programId }) => programId));

  return (
    <section aria-labelledby="programs-title">
      <div class="fleet-head">
        <h2 id="programs-title">Programs</h2>
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
              {SORTS.map((each) => (
                <option key={each} value={each}>
                  {ORDERS[each]}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <Shows show={show} choose={setShow} />
      {ids.value.length > 0 ? (
        <>
          <div class="fleet-titles" aria-hidden="true">
            <span>Program</span>
            <span>State</span>
            <span>Heartbeat</span>
            <span>Progress</span>
            <span>Context</span>
            <span>Waiting</span>
          </div>
          <VirtualList label="Programs" ids={ids.value} class="fleet">
            {(programId) => <FleetRow key={programId} row={rowOf(programId)} />}
          </VirtualList>
        </>
      ) : (
        <Empty icon="search" title="No program matches">
          <a class="button" href="/">
            Show all programs
          </a>
        </Empty>
      )}
    </section>
  );
}

interface ShowsProps {
  readonly show: Shown;
  readonly choose: (show: string) => void;
}

/** How many programs there are of each kind; each is a filter. */
function Shows({ show, choose }: ShowsProps) {
  const counts = useComputed(() => SHOWN.map((each) => rows.value.filter((row) => isShown(row, each)).length));
  return (
    <fieldset class="shows">
      <legend class="unseen">Show</legend>
      {SHOWN.map((each, index) => (
        <button key={each} type="button" class="show" aria-pressed={show === each} onClick={() => choose(each)}>
          {NAMES[each]} <span class="numeric">{counts.value[index]}</span>
        </button>
      ))}
    </fieldset>
  );
}
