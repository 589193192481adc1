import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Messages() {
  return (
    <Page title="Messages">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
