/** Shown in place of content that the user may not see, with the reason. */
import type { ComponentChildren } from 'preact';
import { me } from '../auth.ts';
import { EmptyState } from './empty-state.tsx';

interface AccessDeniedProps {
  /** The reason, for example `Only admins see the keys of the account`. */
  readonly title: string;
  readonly children?: ComponentChildren;
}

export function AccessDenied({ title, children }: AccessDeniedProps) {
  const { role, programId } = me.value ?? {};
  return (
    <EmptyState icon="key" title={title}>
      <p>
        You are signed in as {role === 'program' ? `the program ${programId}` : role}. Sign in with a key of a higher
        role, or ask an admin.
      </p>
      {children}
    </EmptyState>
  );
}
