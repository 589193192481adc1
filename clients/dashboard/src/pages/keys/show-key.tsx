/** A new key, and where to set it. */
import type { components } from '@fleetbeat/client';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { SecretDialog } from '../../components/secret-dialog.tsx';

interface ShowKeyProps {
  readonly createdKey: components['schemas']['NewKey'];
  readonly onDismiss: () => void;
}

export const ShowKey = ({ createdKey, onDismiss }: ShowKeyProps) => (
  <SecretDialog
    title={`Key for ${createdKey.programId ?? createdKey.role}`}
    what="key"
    secret={createdKey.key}
    onDismiss={onDismiss}
  >
    {createdKey.role === 'program' && (
      <>
        <p>Set it where the agent runs:</p>
        <CopyableCode what="command" text={`export FLEETBEAT_KEY=${createdKey.key}`} />
      </>
    )}
  </SecretDialog>
);
