/** Loads a program's state and renders it. */
import type { components } from '@fleetbeat/client';
import type { ComponentChildren } from 'preact';
import { AccessDenied } from '../../components/access-denied.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import type { ServerQuery } from '../../live/use-server-query.ts';
import { mayRead } from '../../permissions.ts';

export type Memory = components['schemas']['ProgramState'];
/** Null if the user may not read it. */
export type MemoryQuery = ServerQuery<Memory | null>;

interface WithMemoryProps {
  readonly programId: string;
  readonly memory: MemoryQuery;
  readonly children: (memory: Memory) => ComponentChildren;
}

/** Renders the state, or why there is none. */
export function WithMemory({ programId, memory, children }: WithMemoryProps) {
  if (!mayRead(programId)) return <AccessDenied title={`Only ${programId}, auditors and admins see its memory`} />;
  const { value, error, reload } = memory;
  return (
    <>
      {error != null && <Problem error={error} retry={reload} />}
      {value ? (
        value.exists ? (
          children(value)
        ) : (
          <EmptyMemory programId={programId} />
        )
      ) : (
        error == null && <Loading what="its memory" />
      )}
    </>
  );
}

const EmptyMemory = ({ programId }: { readonly programId: string }) => (
  <EmptyState icon="pulse" title={`${programId} remembers nothing yet`}>
    <p>
      An agent writes down where its work stands and what it has learned, so that its next session goes on from there (
      <code>update_program_state</code>). What it writes shows up here.
    </p>
  </EmptyState>
);
