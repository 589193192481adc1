/** What a session said and did, the newest first. */
import { useAct } from '../../live/act.ts';
import { Age, Moment } from '../../parts/age.tsx';
import { type Change, wordsOf } from './changes.ts';

interface HistoryProps {
  readonly changes: readonly Change[];
  readonly more: (() => Promise<void>) | undefined;
}

export function History({ changes, more }: HistoryProps) {
  const older = useAct(async () => more?.());
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">Timeline</h2>
      <ol class="timeline">
        {changes.map((change, index) => {
          const before = changes[index + 1] ?? null;
          const words = wordsOf(change, before);
          const said = change.status !== null && change.status !== before?.status;
          return (
            <li key={change.number} data-state={change.state}>
              <p>
                {said && <span class="timeline-status">{change.status}</span>}
                {words.length > 0 && <span class="faint">{words.join(' · ')}</span>}
                {!said && words.length === 0 && <span class="faint">Context use changed</span>}
              </p>
              <p class="faint timeline-at">
                <Moment at={change.at} /> <span aria-hidden="true">·</span> <Age at={change.at} /> ago
              </p>
            </li>
          );
        })}
      </ol>
      {more && (
        <button type="button" class="button" disabled={older.busy} onClick={() => void older.run()}>
          {older.busy ? 'Loading…' : 'Show older changes'}
        </button>
      )}
    </section>
  );
}
