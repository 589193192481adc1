/** The form of a dialog: sent by its button or by Enter, with what went wrong and a way out. */
import type { ComponentChildren } from 'preact';
import type { Act } from '../live/act.ts';
import { Problem } from './problem.tsx';

interface DialogFormProps {
  /** What is done; its failure is shown, and while it is under way it is not done again. */
  readonly act: Pick<Act<[]>, 'busy' | 'error'>;
  readonly submit: () => Promise<unknown>;
  /** What the button says, for example `Send`. */
  readonly verb: string;
  /** What it says while it is done, for example `Sending…`. */
  readonly doing?: string;
  /** Whether all is there that it takes. */
  readonly ready?: boolean;
  /** What the way out says. */
  readonly leave?: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function DialogForm({
  act: { busy, error },
  submit,
  verb,
  doing = verb,
  ready = true,
  leave = 'Cancel',
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
          {leave}
        </button>
        <button type="submit" class="button primary" disabled={busy || !ready}>
          {busy ? doing : verb}
        </button>
      </div>
    </form>
  );
}
