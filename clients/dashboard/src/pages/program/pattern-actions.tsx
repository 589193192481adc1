/** The actions on a pattern: all of them for the program, all but reinforcing for admins. */
import { useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Problem } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { isOwnProgram, mayManage } from '../../permissions.ts';
import type { PatternProps } from './pattern-props.ts';
import { Supersede } from './supersede.tsx';

export function PatternActions(props: PatternProps) {
  const { programId, pattern, onChanged } = props;
  const { id, promoted, status } = pattern;
  const [openDialog, setOpenDialog] = useState<'refute' | 'supersede' | 'remove' | null>(null);
  const mutation = useMutation(async (write: () => Promise<unknown>) => {
    await write();
    onChanged();
  });
  if (!mayManage(programId)) return null;
  const { patterns } = fleetbeat();
  const close = () => {
    setOpenDialog(null);
    onChanged();
  };
  const button = (text: string, onClick: () => void) => (
    <button type="button" class="button small" disabled={mutation.busy} onClick={onClick}>
      {text}
      <span class="unseen"> {id}</span>
    </button>
  );
  return (
    <>
      <div class="row pattern-actions">
        {status === 'active' &&
          isOwnProgram(programId) &&
          button('Proved true again', () => void mutation.run(() => patterns.reinforce(programId, id)))}
        {status === 'active' &&
          button(promoted ? 'Take promotion back' : 'Promote', () =>
            mutation.run(() => patterns.promote(programId, id, { promoted: !promoted })),
          )}
        {status === 'active' && button('Supersede', () => setOpenDialog('supersede'))}
        {status === 'active'
          ? button('Refute', () => setOpenDialog('refute'))
          : button('It holds again', () => mutation.run(() => patterns.setStatus(programId, id, { status: 'active' })))}
        {button('Remove', () => setOpenDialog('remove'))}
      </div>
      {mutation.error != null && <Problem error={mutation.error} />}
      {openDialog === 'supersede' && <Supersede {...props} onClose={close} />}
      {openDialog === 'refute' && (
        <ConfirmDialog
          title="Refute this pattern?"
          confirmLabel="Refute"
          action={() => patterns.setStatus(programId, id, { status: 'refuted' })}
          onClose={close}
        >
          <p>It is kept as a warning, and never handed to a booting session. You can say later that it holds again.</p>
          <blockquote class="quoted prose" dir="auto">
            {pattern.pattern}
          </blockquote>
        </ConfirmDialog>
      )}
      {openDialog === 'remove' && (
        <ConfirmDialog
          danger
          title="Remove this pattern?"
          confirmLabel="Remove"
          action={() => patterns.remove(programId, id)}
          onClose={close}
        >
          <p>
            It is gone from the memory; only going back to an earlier version brings it back. To keep it as a warning,
            refute it.
          </p>
          <blockquote class="quoted prose" dir="auto">
            {pattern.pattern}
          </blockquote>
        </ConfirmDialog>
      )}
    </>
  );
}
