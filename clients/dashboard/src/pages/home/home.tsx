/** The fleet at a glance: first what needs a person, then every program. */

import { lazy } from 'preact-iso';
import { RowSkeleton } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { fleetError, fleetLoaded, refreshFleet } from '../../live/fleet.ts';
import { rows } from '../../live/fleet-store.ts';
import { lastVisit } from '../../live/last-visit.ts';
import { PageLayout } from '../../shell/page.tsx';
import { FirstAgent } from '../connect/first-agent.tsx';
import { ExpiringKeys } from './expiring-keys.tsx';
import { FleetList } from './fleet-list.tsx';
import { Inbox } from './inbox.tsx';
import { MassSilenceNotice } from './mass-silence.tsx';
import { useOpenQuestions } from './use-open-questions.ts';
import './home.css';

/** Loaded by those who come back after a while. */
const WhileAway = lazy(() => import('./while-away.tsx').then((part) => part.WhileAway));

export function Home() {
  // Read beside the fleet: the inbox is drawn once, with what is asked.
  const questions = useOpenQuestions();
  const hasPrograms = rows.value.length > 0;
  // A key makes a program; an agent is connected once a session of it has come.
  const isFirstRun = rows.value.every(({ session, heartbeatAt }) => session === null && heartbeatAt === null);
  const error = fleetError.value;
  return (
    <PageLayout title="Fleet">
      {error != null && <Problem error={error} retry={refreshFleet} />}
      {fleetLoaded.value ? (
        <>
          <MassSilenceNotice />
          {lastVisit.value && <WhileAway visit={lastVisit.value} />}
          <ExpiringKeys />
          <Inbox questions={questions} />
          {isFirstRun && <FirstAgent />}
          {hasPrograms && <FleetList />}
        </>
      ) : (
        error == null && <RowSkeleton what="the fleet" />
      )}
    </PageLayout>
  );
}
