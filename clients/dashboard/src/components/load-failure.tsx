/** In place of a page whose subject could not be loaded: that it is not there, or what went wrong. */
import { FleetbeatError } from '@fleetbeat/client';
import type { ComponentChildren } from 'preact';
import { EmptyState } from './empty-state.tsx';
import { Problem } from './problem.tsx';

interface LoadFailureProps {
  readonly error: unknown;
  readonly retry: () => void;
  /** Title for a person, when there is no such thing. */
  readonly missing: string;
  /** Why it may be missing, and the way back. */
  readonly children: ComponentChildren;
}

/** The server's own advice for something missing is written for agents: a person needs the way back. */
export const LoadFailure = ({ error, retry, missing, children }: LoadFailureProps) =>
  error instanceof FleetbeatError && error.status === 404 ? (
    <EmptyState icon="question" title={missing}>
      {children}
    </EmptyState>
  ) : (
    <Problem error={error} retry={retry} />
  );
