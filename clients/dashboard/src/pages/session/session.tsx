import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Session() {
  return (
    <Page title="Session">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
