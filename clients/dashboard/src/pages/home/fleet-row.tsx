/** One program in the list. Only this row renders when the program changes. */
import type { ReadonlySignal } from '@preact/signals';
import { Age } from '../../components/age.tsx';
import { type BadgeState, NeedBadge, StateBadge } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { ContextGauge, Progress } from '../../components/meter.tsx';
import type { ProgramRow } from '../../live/program-row.ts';
import { programPath, sessionPath } from '../../routes.ts';

/** The badge when no session needs a person. */
function getBadgeState({ health, state, paused, idle }: ProgramRow): BadgeState {
  if (paused) return 'paused';
  if (health === 'offline') return state === 'complete' ? 'complete' : 'offline';
  return idle ? 'idle' : (state ?? 'offline');
}

export function FleetRow({ row }: { readonly row: ReadonlySignal<ProgramRow> | undefined }) {
  if (!row) return null;
  const it = row.value;
  const { session } = it;
  return (
    <article class="fleet-row">
      <div class="fleet-who">
        <h3 data-health={it.health}>
          {it.programId === '' ? it.displayName : <a href={programPath(it.programId)}>{it.displayName}</a>}
        </h3>
        {session ? (
          <p class="fleet-does">
            <a href={sessionPath(session.sessionId)} title={session.status ?? session.name}>
              {session.status || session.name}
            </a>
            {it.live > 1 && <span class="faint"> +{it.live - 1} more</span>}
          </p>
        ) : (
          <p class="fleet-does faint">No live session</p>
        )}
      </div>
      <div class="fleet-state">
        {it.needs.length > 0 ? (
          it.needs.slice(0, 2).map((need) => <NeedBadge key={need} need={need} />)
        ) : (
          <StateBadge state={getBadgeState(it)} />
        )}
      </div>
      <p class="fleet-age">
        <span class="unseen">Last heartbeat </span>
        {it.heartbeatAt === null ? <span class="faint">never</span> : <Age at={it.heartbeatAt} />}
        {it.heartbeatAt !== null && <span class="fleet-ago"> ago</span>}
      </p>
      <Progress percent={session?.progress ?? null} />
      <ContextGauge percent={it.contextPercent} />
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
