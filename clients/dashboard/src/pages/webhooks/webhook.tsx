/** One webhook: how it is, and every delivery with its attempts. */
import { useState } from 'preact/hooks';
import { useLoad } from '../../live/load.ts';
import { Fact } from '../../parts/fact.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Locked } from '../../parts/locked.tsx';
import { Problem } from '../../parts/problem.tsx';
import { programPath } from '../../routes.ts';
import { fleetbeat, isAdmin } from '../../session.ts';
import { Page } from '../../shell/page.tsx';
import { Deliveries } from './deliveries.tsx';
import { WebhookActions } from './webhook-actions.tsx';
import { WebhookState } from './webhook-state.tsx';
import './webhooks.css';

const ABOVE = <a href="/webhooks">Webhooks</a>;

export const Webhook = ({ webhookId = '' }: { readonly webhookId?: string }) =>
  isAdmin() ? (
    <One webhookId={webhookId} />
  ) : (
    <Page title="Webhook" above={ABOVE}>
      <Locked title="Only admins see webhooks" />
    </Page>
  );

function One({ webhookId }: { readonly webhookId: string }) {
  const webhook = useLoad(() => fleetbeat().webhooks.get(webhookId), [webhookId], {
    when: (event) => 'webhookId' in event.data && event.data.webhookId === webhookId,
  });
  const [tests, setTests] = useState(0);
  const it = webhook.value;
  if (!it)
    return (
      <Page title="Webhook" above={ABOVE}>
        {webhook.error == null ? (
          <Loading what="the webhook" />
        ) : (
          <Problem error={webhook.error} retry={webhook.reload} />
        )}
      </Page>
    );
  return (
    <Page title={it.description ?? it.url} above={ABOVE}>
      <div class="stack">
        {webhook.error != null && <Problem error={webhook.error} retry={webhook.reload} />}
        <section class="card stack" aria-label="Now">
          <WebhookState webhook={it} />
          <dl class="facts">
            <Fact name="URL">{it.url}</Fact>
            <Fact name="Told of">{it.kinds.join(', ')}</Fact>
            <Fact name="Of which program">
              {it.programId === null ? 'All' : <a href={programPath(it.programId)}>{it.programId}</a>}
            </Fact>
          </dl>
          <WebhookActions webhook={it} changed={webhook.reload} tested={() => setTests(tests + 1)} />
        </section>
        <Deliveries webhookId={webhookId} kinds={it.kinds} tests={tests} />
      </div>
    </Page>
  );
}
