import { SecretDialog } from '../../components/secret-dialog.tsx';

/** The secret with which the endpoint verifies deliveries. */
export const ShowSecret = ({ secret, onDismiss }: { readonly secret: string; readonly onDismiss: () => void }) => (
  <SecretDialog title="Secret of the webhook" what="secret" secret={secret} onDismiss={onDismiss}>
    <p>
      Give it to the endpoint: it checks the headers <code>webhook-id</code>, <code>webhook-timestamp</code> and{' '}
      <code>webhook-signature</code> with it. The libraries of Standard Webhooks do that.
    </p>
  </SecretDialog>
);
