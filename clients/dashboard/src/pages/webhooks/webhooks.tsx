/** The webhooks of the account. */
import { useState } from 'preact/hooks';
import { fleetbeat, isAdmin } from '../../auth.ts';
import { AccessDenied } from '../../components/access-denied.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Icon } from '../../components/icon.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';
import { webhookPath } from '../../routes.ts';
import { PageLayout } from '../../shell/page.tsx';
import { ShowSecret } from './show-secret.tsx';
import { type WebhookFields, WebhookForm } from './webhook-form.tsx';
import { FIRST_EVENT_TYPES, FORMAT_LABELS } from './webhook-labels.ts';
import { WebhookState } from './webhook-state.tsx';
import './webhooks.css';

export const Webhooks = () =>
  isAdmin() ? (
    <WebhookList />
  ) : (
    <PageLayout title="Webhooks">
      <AccessDenied title="Only admins see and make webhooks" />
    </PageLayout>
  );

const DEFAULT_FIELDS: WebhookFields = {
  url: '',
  format: 'standard',
  types: FIRST_EVENT_TYPES.map(({ type }) => type),
  programId: '',
  description: '',
};

function WebhookList() {
  const [creating, setCreating] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const webhooks = usePaginatedQuery(
    async (pageQuery) => {
      const page = await fleetbeat().webhooks.list(pageQuery);
      return { rows: page.webhooks, nextCursor: page.nextCursor };
    },
    [],
    { reloadOnEvent: ({ type }) => type.startsWith('webhook.') },
  );
  const createWebhook = async ({ url, format, types, programId, description }: WebhookFields) => {
    const created = await fleetbeat().webhooks.create({
      url,
      format,
      types: [...types],
      ...(programId !== '' && { programId }),
      ...(description.trim() !== '' && { description: description.trim() }),
    });
    setCreating(false);
    // Only what is signed needs it.
    if (format === 'standard') setSecret(created.secret);
    webhooks.reload();
  };
  return (
    <PageLayout
      title="Webhooks"
      actions={
        <button type="button" class="button primary" onClick={() => setCreating(true)}>
          <Icon name="hook" /> New webhook
        </button>
      }
    >
      {webhooks.error != null && <Problem error={webhooks.error} retry={webhooks.reload} />}
      {webhooks.rows === undefined && webhooks.error == null && <Loading what="webhooks" />}
      {webhooks.rows?.length === 0 && (
        <EmptyState icon="hook" title="No webhook yet">
          <p>
            A webhook tells others what happens here: Slack, Discord, ntfy, Telegram, or a program of yours. Each event
            is sent to its URL and tried again for days until it is taken.
          </p>
        </EmptyState>
      )}
      <ul class="stack">
        {webhooks.rows?.map((webhook) => (
          <li key={webhook.webhookId} class="card webhook">
            <h2>
              <a href={webhookPath(webhook.webhookId)}>{webhook.description ?? webhook.url}</a>
            </h2>
            {webhook.description !== null && <p class="faint">{webhook.url}</p>}
            <WebhookState webhook={webhook} />
            <p class="faint">
              {webhook.format !== 'standard' && `${FORMAT_LABELS[webhook.format].label}: `}
              {webhook.types.join(', ')}
              {webhook.programId !== null && ` of ${webhook.programId}`}
              {' · created by '}
              <code>{webhook.createdByKey}</code>
            </p>
          </li>
        ))}
      </ul>
      <LoadMoreButton pages={webhooks} what="webhooks" />
      {creating && (
        <Dialog title="New webhook" onClose={() => setCreating(false)}>
          <WebhookForm
            initialFields={DEFAULT_FIELDS}
            submitLabel="Create webhook"
            canChooseFormat
            save={createWebhook}
            onClose={() => setCreating(false)}
          />
        </Dialog>
      )}
      {secret !== null && <ShowSecret secret={secret} onDismiss={() => setSecret(null)} />}
    </PageLayout>
  );
}
