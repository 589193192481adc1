/** One session: how it is, what it did, how its context fills. */
import { useLoad } from '../../live/load.ts';
import { isLive } from '../../live/session-signs.ts';
import { Loading } from '../../parts/loading.tsx';
import { Problem } from '../../parts/problem.tsx';
import { programPath } from '../../routes.ts';
import { fleetbeat } from '../../session.ts';
import { Page } from '../../shell/page.tsx';
import { Actions } from './actions.tsx';
import { ContextChart } from './context-chart.tsx';
import { Facts, StateBadges } from './facts.tsx';
import { History } from './history.tsx';
import { useTimeline } from './timeline.ts';
import './session.css';

interface SessionProps {
  readonly sessionId?: string;
}

export function Session({ sessionId = '' }: SessionProps) {
  const session = useLoad(() => fleetbeat().sessions.get(sessionId), [sessionId], {
    when: (event) => event.sessionId === sessionId,
    whenPulsed: sessionId,
  });
  const timeline = useTimeline(sessionId);
  const it = session.value;
  if (!it) {
    return (
      <Page title="Session" above={<a href="/">Fleet</a>}>
        {session.error == null ? (
          <Loading what="the session" />
        ) : (
          <Problem error={session.error} retry={session.reload} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={it.name}
      above={it.programId === null ? <a href="/">Fleet</a> : <a href={programPath(it.programId)}>{it.programId}</a>}
    >
      <div class="stack">
        {session.error != null && <Problem error={session.error} retry={session.reload} />}
        <section class="card session-now" aria-label="Now">
          <div class="session-head">
            <StateBadges session={it} />
            <p class="session-status">{it.status || <span class="faint">No status yet</span>}</p>
          </div>
          <Facts session={it} />
          {isLive(it) && <Actions session={it} />}
        </section>
        {timeline.error != null && <Problem error={timeline.error} retry={timeline.reload} />}
        {timeline.changes && (
          <>
            <ContextChart changes={timeline.changes} />
            <History changes={timeline.changes} more={timeline.more} />
          </>
        )}
      </div>
    </Page>
  );
}
