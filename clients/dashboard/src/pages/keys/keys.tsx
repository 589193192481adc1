import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Keys() {
  return (
    <Page title="Keys">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
