import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Audit() {
  return (
    <Page title="Audit">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
