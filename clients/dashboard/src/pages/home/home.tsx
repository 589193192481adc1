import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../shell/page.tsx';

export function Home() {
  return (
    <Page title="Home">
      <Empty title="Nothing here yet" />
    </Page>
  );
}
