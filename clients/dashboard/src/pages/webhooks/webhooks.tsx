import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Webhooks() {
  return (
    <Page title="Webhooks">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
