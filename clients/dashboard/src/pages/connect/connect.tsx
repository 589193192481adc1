import { PageLayout } from '../../shell/page.tsx';
import { ConnectSteps } from './connect-steps.tsx';

export function Connect() {
  return (
    <PageLayout title="Connect an agent">
      <div class="card">
        <ConnectSteps heading="h2" />
      </div>
      <p class="faint below">
        Every operation, with examples: <a href="/docs">API reference</a>
      </p>
    </PageLayout>
  );
}
