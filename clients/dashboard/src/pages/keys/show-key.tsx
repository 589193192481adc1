/** A key that was just made, and what to do with it. */
import type { components } from '@fleetbeat/client';
import { Code } from '../../parts/code.tsx';
import { Secret } from '../../parts/secret.tsx';

interface ShowKeyProps {
  readonly made: components['schemas']['NewKey'];
  readonly onKept: () => void;
}

export const ShowKey = ({ made, onKept }: ShowKeyProps) => (
  <Secret title={`Key for ${made.programId ?? made.role}`} what="key" secret={made.key} onKept={onKept}>
    {made.role === 'program' && (
      <>
        <p>Set it where the agent runs:</p>
        <Code what="command" text={`export FLEETBEAT_KEY=${made.key}`} />
      </>
    )}
  </Secret>
);
