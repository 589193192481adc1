import { SecretDialog } from '../../components/secret-dialog.tsx';

/** What the endpoint checks deliveries with. */
export const ShowSecret = ({ secret, onKept }: { readonly secret: string; readonly onKept: () => void }) => (
  <SecretDialog title="Secret of the webhook" what="secret" secret={secret} onDismiss={onKept}>
    <p>
      Give it to the endpoint: it checks the headers <code>webhook-id</code>, <code>webhook-timestamp</code> and{' '}
      <code>webhook-signature</code> with it. The libraries of Standard Webhooks do that.
    </p>
  </SecretDialog>
);
