import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Tasks() {
  return (
    <Page title="Tasks">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
