/** How the group commit of session updates does. */
import type { Metrics } from './metrics.ts';

const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const SECONDS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

export function createBatchObserver(metrics: Metrics): (size: number, waitedSeconds: number) => void {
  const size = metrics.histogram(
    { name: 'update_batch_size', help: 'Session updates that shared one transaction.' },
    SIZES,
  );
  const wait = metrics.histogram(
    { name: 'update_batch_wait_seconds', help: 'How long the first update of a batch waited for its turn.' },
    SECONDS,
  );
  return (items, waitedSeconds) => {
    size.observe(items);
    wait.observe(waitedSeconds);
  };
}
