import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Connect() {
  return (
    <Page title="Connect">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
