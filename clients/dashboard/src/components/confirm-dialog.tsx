/** Asks before an action that cannot easily be undone. Stays open and shows the error until the action succeeds. */
import type { ComponentChildren } from 'preact';
import { useMutation } from '../live/use-mutation.ts';
import { Dialog } from './dialog.tsx';
import { Problem } from './problem.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  /** The consequences. */
  readonly children: ComponentChildren;
  /** The label of the button, for example `Revoke`. */
  readonly confirmLabel: string;
  readonly danger?: boolean;
  readonly action: () => Promise<unknown>;
  readonly onClose: () => void;
}

export function ConfirmDialog({ title, children, confirmLabel, danger = false, action, onClose }: ConfirmDialogProps) {
  const { run, busy, error } = useMutation(action);
  const confirm = async () => {
    if (await run()) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {error != null && <Problem error={error} />}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          class={`button ${danger ? 'danger' : 'primary'}`}
          disabled={busy}
          onClick={() => void confirm()}
        >
          {confirmLabel}
        </button>
      </div>
    </Dialog>
  );
}
