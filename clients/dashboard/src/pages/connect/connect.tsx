import { isAdmin } from '../../auth.ts';
import { PageLayout } from '../../shell/page.tsx';
import { ConnectSteps } from './connect-steps.tsx';
import { InviteAgent } from './invite-agent.tsx';

export function Connect() {
  return (
    <PageLayout title="Connect an agent">
      {isAdmin() && (
        <div class="card first-agent">
          <InviteAgent />
        </div>
      )}
      <div class="card">
        <ConnectSteps heading="h2" />
      </div>
      <p class="faint below">
        More in the <a href="/guide/connect-an-agent">guide</a>. Every operation, with examples:{' '}
        <a href="/docs">API reference</a>
      </p>
    </PageLayout>
  );
}
