/** One program: overview, state, patterns and versions. */

import { fleetbeat } from '../../auth.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loading } from '../../components/loading.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { fleetLoaded } from '../../live/fleet.ts';
import { findProgramRow, rows } from '../../live/fleet-store.ts';
import { useServerQuery } from '../../live/use-server-query.ts';
import { mayRead } from '../../permissions.ts';
import { PageLayout } from '../../shell/page.tsx';
import { useSearchParam } from '../../shell/use-search-param.ts';
import { type MemoryQuery, WithMemory } from './memory.tsx';
import { Overview } from './overview.tsx';
import { Patterns } from './patterns.tsx';
import { ProgramSettings } from './program-settings.tsx';
import { ProgramStatus } from './program-status.tsx';
import { VersionHistory } from './version-history.tsx';
import './program.css';

const VIEWS = ['overview', 'patterns', 'history', 'settings'] as const;
type View = (typeof VIEWS)[number];

const BREADCRUMB = <a href="/">Fleet</a>;

export function Program({ programId = '' }: { readonly programId?: string }) {
  const [viewText] = useSearchParam('view', 'overview');
  const view: View = VIEWS.find((each) => each === viewText) ?? 'overview';
  const readable = mayRead(programId);
  const memory: MemoryQuery = useServerQuery(
    // Not requested if it would be denied: each denial is recorded in the audit.
    async () => (readable ? fleetbeat().state.read(programId) : null),
    [programId],
    { reloadOnEvent: (event) => event.type === 'state.written' && event.programId === programId },
  );
  // The program may have become known only now.
  void rows.value;
  const row = findProgramRow(programId)?.value;
  if (!row || !fleetLoaded.value)
    return (
      <PageLayout title={programId} breadcrumb={BREADCRUMB}>
        {fleetLoaded.value ? <ProgramNotFound programId={programId} /> : <Loading what="the program" />}
      </PageLayout>
    );
  const patterns = memory.value?.learnedPatterns.filter(({ status }) => status === 'active').length;
  return (
    <PageLayout title={row.displayName} breadcrumb={BREADCRUMB}>
      <ProgramStatus row={row} />
      <Tabs
        label={row.displayName}
        current={view}
        tabs={[
          { name: 'overview', title: 'Overview' },
          { name: 'patterns', title: 'Patterns', count: patterns },
          { name: 'history', title: 'History' },
          { name: 'settings', title: 'Settings' },
        ]}
      />
      {view === 'overview' && <Overview programId={programId} memory={memory} />}
      {view === 'patterns' && (
        <WithMemory programId={programId} memory={memory}>
          {(state) => <Patterns state={state} onChanged={memory.reload} />}
        </WithMemory>
      )}
      {view === 'history' && (
        <WithMemory programId={programId} memory={memory}>
          {(state) => <VersionHistory state={state} onChanged={memory.reload} />}
        </WithMemory>
      )}
      {view === 'settings' && <ProgramSettings row={row} memory={memory} />}
    </PageLayout>
  );
}

const ProgramNotFound = ({ programId }: { readonly programId: string }) => (
  <EmptyState icon="question" title={`There is no program ${programId}`}>
    <p>A program exists from the moment that a key is made for it.</p>
    <a class="button" href="/">
      Back to the fleet
    </a>
  </EmptyState>
);
