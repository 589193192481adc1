/** A program at a glance: summary, sessions, pending tasks. */

import { isLive } from '@fleetbeat/client';
import { fleetbeat, isAdmin } from '../../auth.ts';
import { Age } from '../../components/age.tsx';
import { StateBadge } from '../../components/badge.tsx';
import { Checkbox } from '../../components/field.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Progress } from '../../components/meter.tsx';
import { Problem } from '../../components/problem.tsx';
import { Table } from '../../components/table.tsx';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';
import { mayRead } from '../../permissions.ts';
import { sessionPath } from '../../routes.ts';
import { useSearchParam } from '../../shell/use-search-param.ts';
import { TaskTable } from '../tasks/task-table.tsx';
import { Activity } from './activity.tsx';
import { type MemoryQuery, WithMemory } from './memory.tsx';
import { Summary } from './summary.tsx';

interface OverviewProps {
  readonly programId: string;
  readonly memory: MemoryQuery;
}

export const Overview = ({ programId, memory }: OverviewProps) => (
  <div class="stack">
    {isAdmin() && <Activity programId={programId} />}
    <WithMemory programId={programId} memory={memory}>
      {(state) => <Summary state={state} />}
    </WithMemory>
    <Sessions programId={programId} />
    <PendingTasks programId={programId} />
  </div>
);

function Sessions({ programId }: { readonly programId: string }) {
  const [archived, setArchived] = useSearchParam('archived');
  const includeArchived = archived !== '';
  const sessions = usePaginatedQuery(
    async (pageQuery) => {
      const query = { programId, includeArchived, state: 'all' as const, ...pageQuery };
      const page = await fleetbeat().sessions.list(query);
      return { rows: page.sessions, nextCursor: page.nextCursor };
    },
    [programId, includeArchived],
    { reloadOnEvent: (event) => event.type.startsWith('session.') && event.programId === programId },
  );
  return (
    <section aria-labelledby="sessions-title">
      <div class="row section-head">
        <h2 id="sessions-title">Sessions</h2>
        <Checkbox
          label="Show archived"
          checked={includeArchived}
          onChange={(checked) => setArchived(checked ? 'true' : '')}
        />
      </div>
      {sessions.error != null && <Problem error={sessions.error} retry={sessions.reload} />}
      {sessions.rows?.length === 0 && <p class="soft">None.</p>}
      {sessions.rows && sessions.rows.length > 0 && (
        <Table
          caption="Sessions"
          rows={sessions.rows}
          getKey={({ sessionId }) => sessionId}
          columns={[
            {
              title: 'Session',
              isRowHeader: true,
              cell: ({ sessionId, name, status }) => (
                <span>
                  <a href={sessionPath(sessionId)} dir="auto">
                    {name}
                  </a>
                  {status && (
                    <span class="cell-more" dir="auto">
                      {status}
                    </span>
                  )}
                </span>
              ),
            },
            {
              title: 'State',
              tight: true,
              cell: (it) => <StateBadge state={it.archived ? 'archived' : it.idle ? 'idle' : it.state} />,
            },
            { title: 'Progress', cell: ({ progress }) => <Progress percent={progress} /> },
            {
              title: 'Heartbeat',
              tight: true,
              cell: (it) => (
                <span class={isLive(it) ? undefined : 'faint'}>
                  <Age at={it.lastHeartbeat} /> ago
                </span>
              ),
            },
          ]}
        />
      )}
      <LoadMoreButton pages={sessions} what="sessions" />
    </section>
  );
}

/** The first few; the tasks page has all of them. */
const PENDING_LIMIT = 10;

function PendingTasks({ programId }: { readonly programId: string }) {
  const query = encodeURIComponent(programId);
  const tasks = usePaginatedQuery(
    async () => {
      const list = fleetbeat().tasks.list;
      const [claimed, pending] = await Promise.all([
        list({ claimedBy: programId, limit: PENDING_LIMIT }),
        list({ target: programId, limit: PENDING_LIMIT }),
      ]);
      return { rows: [...claimed.tasks, ...pending.tasks], nextCursor: null };
    },
    [programId],
    { reloadOnEvent: ({ type }) => type.startsWith('task.') },
  );
  return (
    <section aria-labelledby="waiting-title">
      <div class="row section-head">
        <h2 id="waiting-title">Work taken and waiting</h2>
        <a href={`/tasks?state=all&target=${query}`}>All its tasks</a>
        {mayRead(programId) && <a href={`/messages?program=${query}`}>Its inbox</a>}
      </div>
      {tasks.error != null && <Problem error={tasks.error} retry={tasks.reload} />}
      {tasks.rows?.length === 0 && <p class="soft">No task is claimed by it or waits for it.</p>}
      {tasks.rows && tasks.rows.length > 0 && <TaskTable tasks={tasks.rows} caption="Work taken and waiting" />}
    </section>
  );
}
