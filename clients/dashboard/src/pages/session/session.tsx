/** One session: details, timeline and context use. */

import { getNeeds, isLive } from '@fleetbeat/client';
import { fleetbeat } from '../../auth.ts';
import { LoadFailure } from '../../components/load-failure.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { useServerQuery } from '../../live/use-server-query.ts';
import { programPath } from '../../routes.ts';
import { PageLayout } from '../../shell/page.tsx';
import { NeedDetails } from '../home/need-details.tsx';
import { useOpenQuestions } from '../home/use-open-questions.ts';
import { ChangeList } from './change-list.tsx';
import { ContextChart } from './context-chart.tsx';
import { QuestionThread } from './question-thread.tsx';
import { SessionActions } from './session-actions.tsx';
import { SessionBadges, SessionDetails } from './session-details.tsx';
import { useTimeline } from './use-timeline.ts';
import './session.css';

interface SessionProps {
  readonly sessionId?: string;
}

export function Session({ sessionId = '' }: SessionProps) {
  const session = useServerQuery(() => fleetbeat().sessions.get(sessionId), [sessionId], {
    reloadOnEvent: (event) => event.sessionId === sessionId,
    reloadOnPulseOf: sessionId,
  });
  const timeline = useTimeline(sessionId);
  const questions = useOpenQuestions();
  const it = session.value;
  const asked = questions.value?.get(sessionId) ?? [];
  if (!it) {
    return (
      <PageLayout title="Session" breadcrumb={<a href="/">Fleet</a>}>
        {session.error == null ? (
          <Loading what="the session" />
        ) : (
          <LoadFailure error={session.error} retry={session.reload} missing={`There is no session ${sessionId}`}>
            <p>It was removed some time after it ended, or it never existed.</p>
            <a class="button" href="/">
              Back to the fleet
            </a>
          </LoadFailure>
        )}
      </PageLayout>
    );
  }
  return (
    <PageLayout
      title={it.name}
      breadcrumb={
        it.programId === null ? <a href="/">Fleet</a> : <a href={programPath(it.programId)}>{it.programId}</a>
      }
    >
      <div class="stack">
        {session.error != null && <Problem error={session.error} retry={session.reload} />}
        <section class="card session-now" aria-label="Now">
          <div class="session-head">
            <SessionBadges session={it} />
            {!asked.some(({ title }) => title === it.status) && (
              <p class="session-status" dir="auto">
                {it.status || <span class="faint">No status yet</span>}
              </p>
            )}
          </div>
          {getNeeds(it).length > 0 ? (
            <NeedDetails session={it} questions={asked} withStatus={false} />
          ) : (
            isLive(it) && <SessionActions session={it} />
          )}
          <SessionDetails session={it} />
        </section>
        {timeline.error != null && <Problem error={timeline.error} retry={timeline.reload} />}
        {timeline.changes && (
          <>
            <QuestionThread sessionId={sessionId} programId={it.programId} changes={timeline.changes} />
            <ContextChart changes={timeline.changes} />
            <ChangeList changes={timeline.changes} loadMore={timeline.loadMore} />
          </>
        )}
      </div>
    </PageLayout>
  );
}
