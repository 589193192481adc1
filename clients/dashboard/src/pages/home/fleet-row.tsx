/** One program in the list. Only this row renders when the program changes. */
import type { ReadonlySignal } from '@preact/signals';
import { ActivityStrip } from '../../components/activity-strip.tsx';
import { Age } from '../../components/age.tsx';
import { RowBadges } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { ContextGauge, Progress } from '../../components/meter.tsx';
import { DAY_PERIOD_MINUTES, dayActivity } from '../../live/fleet-history.ts';
import type { ProgramRow } from '../../live/program-row.ts';
import { programPath, sessionPath } from '../../routes.ts';

/** What the session does; of one that is over, what it was for and how it ended. */
function describeWork({ session, live }: ProgramRow): string {
  if (!session) return '';
  if (live > 0) return session.status || session.name;
  return session.status ? `${session.name} · ${session.status}` : session.name;
}

export function FleetRow({ row }: { readonly row: ReadonlySignal<ProgramRow> | undefined }) {
  if (!row) return null;
  const it = row.value;
  const { session } = it;
  const periods = dayActivity.value.get(it.programId);
  return (
    <article class="fleet-row">
      <div class="fleet-who">
        <h3 data-over={it.live === 0} dir="auto">
          {it.programId === '' ? (
            it.displayName
          ) : (
            <a href={programPath(it.programId)} title={it.displayName}>
              {it.displayName}
            </a>
          )}
        </h3>
        {session ? (
          <p class="fleet-does">
            <a href={sessionPath(session.sessionId)} title={describeWork(it)} dir="auto">
              {describeWork(it)}
            </a>
            {it.live > 1 && <span class="faint">+{it.live - 1} more</span>}
          </p>
        ) : (
          <p class="fleet-does faint">No recent session</p>
        )}
      </div>
      <div class="fleet-state">
        <RowBadges row={it} />
      </div>
      <p class="fleet-age">
        <span class="unseen">Last heartbeat </span>
        {it.heartbeatAt === null ? <span class="faint">never</span> : <Age at={it.heartbeatAt} />}
        {it.heartbeatAt !== null && <span class="fleet-ago"> ago</span>}
      </p>
      <Progress percent={session?.progress ?? null} />
      <ContextGauge percent={it.contextPercent} />
      <div class="fleet-past">
        {periods !== undefined && (
          <ActivityStrip periods={periods} periodMinutes={DAY_PERIOD_MINUTES} span="Last 24 hours" />
        )}
      </div>
      <p class="fleet-waits">
        <PendingCount icon="task" count={it.pendingTasks} singular="pending task" />
        <PendingCount icon="message" count={it.pendingMessages} singular="pending message" />
      </p>
    </article>
  );
}

interface PendingCountProps {
  readonly icon: 'task' | 'message';
  readonly count: number | null;
  readonly singular: string;
}

const PendingCount = ({ icon, count, singular }: PendingCountProps) =>
  count !== null && (
    <span class="waiting numeric" data-some={count > 0}>
      <Icon name={icon} size={15} />
      {count}
      <span class="unseen"> {count === 1 ? singular : `${singular}s`}</span>
    </span>
  );
