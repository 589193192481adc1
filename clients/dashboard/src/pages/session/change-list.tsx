/** The changes of a session, newest first. */

import { Age, Timestamp } from '../../components/age.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { type Change, describeChange } from './changes.ts';

interface ChangeListProps {
  readonly changes: readonly Change[];
  readonly loadMore: (() => Promise<void>) | undefined;
}

export function ChangeList({ changes, loadMore }: ChangeListProps) {
  const older = useMutation(async () => loadMore?.());
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">Timeline</h2>
      <ol class="timeline">
        {changes.map((change, index) => {
          const before = changes[index + 1] ?? null;
          const words = describeChange(change, before);
          const statusChanged = change.status !== null && change.status !== before?.status;
          return (
            <li key={change.number} data-state={change.state}>
              <p>
                {statusChanged && (
                  <span class="timeline-status" dir="auto">
                    {change.status}
                  </span>
                )}
                {words.length > 0 && <span class="faint">{words.join(' · ')}</span>}
                {!statusChanged && words.length === 0 && <span class="faint">Context use changed</span>}
              </p>
              <p class="faint timeline-at">
                <Timestamp at={change.at} /> <span aria-hidden="true">·</span> <Age at={change.at} /> ago
              </p>
            </li>
          );
        })}
      </ol>
      {loadMore && (
        <button type="button" class="button" disabled={older.busy} onClick={() => void older.run()}>
          {older.busy ? 'Loading…' : 'Show older changes'}
        </button>
      )}
    </section>
  );
}
