/** The form of a dialog: submitted by its button or by Enter, with the error and a cancel button. */
import type { ComponentChildren } from 'preact';
import type { Mutation } from '../live/use-mutation.ts';
import { Problem } from './problem.tsx';

interface DialogFormProps {
  /** The mutation that it submits; its error is shown, and it is not submitted again while busy. */
  readonly mutation: Pick<Mutation<[]>, 'busy' | 'error'>;
  readonly submit: () => Promise<unknown>;
  /** The label of the button, for example `Send`. */
  readonly submitLabel: string;
  /** The label while it is busy, for example `Sending…`. */
  readonly pendingLabel?: string;
  /** Whether all required input is present. */
  readonly canSubmit?: boolean;
  /** The label of the cancel button. */
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
