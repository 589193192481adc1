/** One webhook: its state and its deliveries. */
import { useState } from 'preact/hooks';
import { fleetbeat, isAdmin } from '../../auth.ts';
import { AccessDenied } from '../../components/access-denied.tsx';
import { Fact } from '../../components/fact.tsx';
import { LoadFailure } from '../../components/load-failure.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { useServerQuery } from '../../live/use-server-query.ts';
import { programPath } from '../../routes.ts';
import { PageLayout } from '../../shell/page.tsx';
import { Deliveries } from './deliveries.tsx';
import { WebhookActions } from './webhook-actions.tsx';
import { FORMAT_LABELS } from './webhook-labels.ts';
import { WebhookState } from './webhook-state.tsx';
import './webhooks.css';

const BREADCRUMB = <a href="/webhooks">Webhooks</a>;

export const Webhook = ({ webhookId = '' }: { readonly webhookId?: string }) =>
  isAdmin() ? (
    <WebhookDetails webhookId={webhookId} />
  ) : (
    <PageLayout title="Webhook" breadcrumb={BREADCRUMB}>
      <AccessDenied title="Only admins see webhooks" />
    </PageLayout>
  );

function WebhookDetails({ webhookId }: { readonly webhookId: string }) {
  const webhook = useServerQuery(() => fleetbeat().webhooks.get(webhookId), [webhookId], {
    reloadOnEvent: (event) => 'webhookId' in event.data && event.data.webhookId === webhookId,
  });
  const [tests, setTests] = useState(0);
  const it = webhook.value;
  if (!it)
    return (
      <PageLayout title="Webhook" breadcrumb={BREADCRUMB}>
        {webhook.error == null ? (
          <Loading what="the webhook" />
        ) : (
          <LoadFailure error={webhook.error} retry={webhook.reload} missing={`There is no webhook ${webhookId}`}>
            <p>Somebody removed it, or it never existed.</p>
            <a class="button" href="/webhooks">
              All webhooks
            </a>
          </LoadFailure>
        )}
      </PageLayout>
    );
  return (
    <PageLayout title={it.description ?? it.url} breadcrumb={BREADCRUMB}>
      <div class="stack">
        {webhook.error != null && <Problem error={webhook.error} retry={webhook.reload} />}
        <section class="card stack" aria-label="Now">
          <WebhookState webhook={it} />
          <dl class="facts">
            <Fact name="URL">{it.url}</Fact>
            <Fact name="Format">{FORMAT_LABELS[it.format].label}</Fact>
            <Fact name="Events">{it.types.join(', ')}</Fact>
            <Fact name="Of which program">
              {it.programId === null ? 'All' : <a href={programPath(it.programId)}>{it.programId}</a>}
            </Fact>
            <Fact name="Created by">
              <code>{it.createdByKey}</code>
            </Fact>
          </dl>
          <WebhookActions webhook={it} onChanged={webhook.reload} onTested={() => setTests(tests + 1)} />
        </section>
        <Deliveries webhookId={webhookId} types={it.types} tests={tests} />
      </div>
    </PageLayout>
  );
}
