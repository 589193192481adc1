import { EmptyState } from '../components/empty-state.tsx';
import { PageLayout } from '../shell/page.tsx';

export function NotFound() {
  return (
    <PageLayout title="Page not found">
      <EmptyState title="There is no page at this address">
        <a class="button" href="/">
          To the fleet
        </a>
      </EmptyState>
    </PageLayout>
  );
}
