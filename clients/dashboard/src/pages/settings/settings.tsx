import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Settings() {
  return (
    <Page title="Settings">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
