/** The actions on a webhook, for admins. */
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { fleetbeat } from '../../auth.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Problem } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { ShowSecret } from './show-secret.tsx';
import { TestButton } from './test-button.tsx';
import { WebhookForm } from './webhook-form.tsx';
import type { Webhook } from './webhook-labels.ts';

interface WebhookActionsProps {
  readonly webhook: Webhook;
  readonly onChanged: () => void;
  readonly onTested: () => void;
}

export function WebhookActions({ webhook, onChanged, onTested: tested }: WebhookActionsProps) {
  const { route } = useLocation();
  const { webhookId, enabled } = webhook;
  const [openDialog, setOpenDialog] = useState<'edit' | 'rotate' | 'delete' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const toggleEnabled = useMutation(async () => {
    await fleetbeat().webhooks.update(webhookId, { enabled: !enabled });
    onChanged();
  });
  const close = () => setOpenDialog(null);
  return (
    <div class="stack">
      <div class="form-actions">
        <TestButton webhookId={webhookId} onTested={tested} />
        <button type="button" class="button" disabled={toggleEnabled.busy} onClick={() => void toggleEnabled.run()}>
          {enabled ? 'Switch off' : 'Switch on'}
        </button>
        <button type="button" class="button" onClick={() => setOpenDialog('edit')}>
          Edit
        </button>
        <button type="button" class="button" onClick={() => setOpenDialog('rotate')}>
          New secret
        </button>
        <button type="button" class="button danger" onClick={() => setOpenDialog('delete')}>
          Delete
        </button>
      </div>
      {toggleEnabled.error != null && <Problem error={toggleEnabled.error} />}
      {openDialog === 'edit' && (
        <Dialog title="Edit the webhook" onClose={close}>
          <WebhookForm
            submitLabel="Save"
            initialFields={{ ...webhook, programId: webhook.programId ?? '', description: webhook.description ?? '' }}
            onClose={close}
            save={async ({ url, types, programId, description }) => {
              const who = { programId: programId || null, description: description.trim() || null };
              await fleetbeat().webhooks.update(webhookId, { url, types: [...types], ...who });
              onChanged();
              close();
            }}
          />
        </Dialog>
      )}
      {openDialog === 'rotate' && (
        <ConfirmDialog
          title="Make a new secret?"
          confirmLabel="Make it"
          action={async () => setSecret((await fleetbeat().webhooks.rotate(webhookId)).secret)}
          onClose={close}
        >
          <p>Deliveries are signed with both secrets for 24 hours, so that the endpoint can change over in peace.</p>
        </ConfirmDialog>
      )}
      {openDialog === 'delete' && (
        <ConfirmDialog
          danger
          title="Delete this webhook?"
          confirmLabel="Delete"
          action={() =>
            fleetbeat()
              .webhooks.remove(webhookId)
              .then(() => route('/webhooks'))
          }
          onClose={close}
        >
          <p>Nothing more is sent to {webhook.url}; what waits is dropped, and the list of deliveries goes with it.</p>
        </ConfirmDialog>
      )}
      {secret !== null && <ShowSecret secret={secret} onDismiss={() => setSecret(null)} />}
    </div>
  );
}
