import { Empty } from '../parts/empty.tsx';
import { Page } from '../shell/page.tsx';

export function NotFound() {
  return (
    <Page title="Page not found">
      <Empty title="There is no page at this address">
        <a class="button" href="/">
          To the fleet
        </a>
      </Empty>
    </Page>
  );
}
