/** What an admin can do about a webhook. */
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useAct } from '../../live/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Problem } from '../../parts/problem.tsx';
import { fleetbeat } from '../../session.ts';
import { ShowSecret } from './show-secret.tsx';
import { TestButton } from './test-button.tsx';
import { WebhookForm } from './webhook-form.tsx';
import type { Webhook } from './webhook-words.ts';

interface WebhookActionsProps {
  readonly webhook: Webhook;
  readonly changed: () => void;
  readonly tested: () => void;
}

export function WebhookActions({ webhook, changed, tested }: WebhookActionsProps) {
  const { route } = useLocation();
  const { webhookId, enabled } = webhook;
  const [asked, setAsked] = useState<'edit' | 'rotate' | 'delete' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const turn = useAct(async () => {
    await fleetbeat().webhooks.update(webhookId, { enabled: !enabled });
    changed();
  });
  const close = () => setAsked(null);
  return (
    <div class="stack">
      <div class="form-actions">
        <TestButton webhookId={webhookId} tested={tested} />
        <button type="button" class="button" disabled={turn.busy} onClick={() => void turn.run()}>
          {enabled ? 'Switch off' : 'Switch on'}
        </button>
        <button type="button" class="button" onClick={() => setAsked('edit')}>
          Edit
        </button>
        <button type="button" class="button" onClick={() => setAsked('rotate')}>
          New secret
        </button>
        <button type="button" class="button danger" onClick={() => setAsked('delete')}>
          Delete
        </button>
      </div>
      {turn.error != null && <Problem error={turn.error} />}
      {asked === 'edit' && (
        <Dialog title="Edit the webhook" onClose={close}>
          <WebhookForm
            verb="Save"
            first={{ ...webhook, programId: webhook.programId ?? '', description: webhook.description ?? '' }}
            onClose={close}
            save={async ({ url, kinds, programId, description }) => {
              const who = { programId: programId || null, description: description.trim() || null };
              await fleetbeat().webhooks.update(webhookId, { url, kinds: [...kinds], ...who });
              changed();
              close();
            }}
          />
        </Dialog>
      )}
      {asked === 'rotate' && (
        <Confirm
          title="Make a new secret?"
          verb="Make it"
          act={async () => setSecret((await fleetbeat().webhooks.rotate(webhookId)).secret)}
          onClose={close}
        >
          <p>Deliveries are signed with both secrets for 24 hours, so that the endpoint can change over in peace.</p>
        </Confirm>
      )}
      {asked === 'delete' && (
        <Confirm
          danger
          title="Delete this webhook?"
          verb="Delete"
          act={() =>
            fleetbeat()
              .webhooks.remove(webhookId)
              .then(() => route('/webhooks'))
          }
          onClose={close}
        >
          <p>Nothing more is sent to {webhook.url}; what waits is dropped, and the list of deliveries goes with it.</p>
        </Confirm>
      )}
      {secret !== null && <ShowSecret secret={secret} onKept={() => setSecret(null)} />}
    </div>
  );
}
