/** Shows a secret that the server returns once. Only its button closes it, so that it is not lost by accident. */
import type { ComponentChildren } from 'preact';
import { CopyableCode } from './copyable-code.tsx';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';

interface SecretDialogProps {
  readonly title: string;
  /** The kind of secret, for the name of the copy button. */
  readonly what: string;
  readonly secret: string;
  /** Where to put it. */
  readonly children?: ComponentChildren;
  readonly onDismiss: () => void;
}

export const SecretDialog = ({ title, what, secret, children, onDismiss }: SecretDialogProps) => (
  <Dialog title={title}>
    <p class="warning" role="alert">
      <Icon name="alert" />
      <span>
        <strong>Copy it now.</strong> It is shown this one time; the server keeps no copy that it could show again.
      </span>
    </p>
    <CopyableCode what={what} text={secret} />
    {children}
    <div class="dialog-actions">
      <button type="button" class="button primary" onClick={onDismiss}>
        I have stored it
      </button>
    </div>
  </Dialog>
);
