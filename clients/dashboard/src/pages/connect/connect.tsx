import { Page } from '../../shell/page.tsx';
import { ConnectSteps } from './connect-steps.tsx';

export function Connect() {
  return (
    <Page title="Connect an agent">
      <div class="card">
        <ConnectSteps heading="h2" />
      </div>
      <p class="faint below">
        Every operation, with examples: <a href="/docs">API reference</a>
      </p>
    </Page>
  );
}
