import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Program() {
  return (
    <Page title="Program">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
