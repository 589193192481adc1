/** Restores an earlier version, after showing what changes. */

import { fleetbeat } from '../../auth.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { useServerQuery } from '../../live/use-server-query.ts';
import { Difference } from './difference.tsx';

interface RestoreProps {
  readonly programId: string;
  /** The newest version that the user has seen: a later one is never overwritten. */
  readonly current: number;
  readonly version: number;
  readonly onClose: () => void;
  readonly onRestored: () => void;
}

export function Restore({ programId, current, version, onClose, onRestored }: RestoreProps) {
  const difference = useServerQuery(
    () => fleetbeat().state.diff(programId, current, version),
    [programId, current, version],
  );
  return (
    <ConfirmDialog
      title={`Go back to version ${version}?`}
      confirmLabel={`Restore version ${version}`}
      onClose={onClose}
      action={async () => {
        await fleetbeat().state.restore(programId, { version }, { version: current });
        onRestored();
      }}
    >
      <p>
        This makes a new version that is like version {version}. Nothing is lost: restoring version {current} undoes it.
        The agent reads it at its next boot.
      </p>
      {difference.error != null && <Problem error={difference.error} retry={difference.reload} />}
      {difference.value ? (
        <Difference difference={difference.value} />
      ) : (
        difference.error == null && <Loading what="what this changes" />
      )}
    </ConfirmDialog>
  );
}
