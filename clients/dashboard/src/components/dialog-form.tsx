/** The form of a dialog: sent by its button or by Enter, with what went wrong and a way out. */
import type { ComponentChildren } from 'preact';
import type { Mutation } from '../live/use-mutation.ts';
import { Problem } from './problem.tsx';

interface DialogFormProps {
  /** What is done; its failure is shown, and while it is under way it is not done again. */
  readonly mutation: Pick<Mutation<[]>, 'busy' | 'error'>;
  readonly submit: () => Promise<unknown>;
  /** What the button says, for example `Send`. */
  readonly submitLabel: string;
  /** What it says while it is done, for example `Sending…`. */
  readonly pendingLabel?: string;
  /** Whether all is there that it takes. */
  readonly canSubmit?: boolean;
  /** What the way out says. */
  readonly cancelLabel?: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function DialogForm({
  mutation: { busy, error },
  submit,
  submitLabel,
  pendingLabel = submitLabel,
  canSubmit = true,
  cancelLabel = 'Cancel',
  onClose,
  children,
}: DialogFormProps) {
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      {error != null && <Problem error={error} />}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {cancelLabel}
        </button>
        <button type="submit" class="button primary" disabled={busy || !canSubmit}>
          {busy ? pendingLabel : submitLabel}
        </button>
      </div>
    </form>
  );
}
