/** The context summary that the program wrote. */
import { Age } from '../../components/age.tsx';
import { Badge } from '../../components/badge.tsx';
import { sessionPath } from '../../routes.ts';
import type { Memory } from './memory.tsx';

export function Summary({ state }: { readonly state: Memory }) {
  const { lastTask, activeWorkItems, openQuestions, handoffNotes } = state.contextSummary;
  const empty = lastTask === null && handoffNotes === null && activeWorkItems.length + openQuestions.length === 0;
  return (
    <section class="card summary" aria-labelledby="summary-title">
      <div class="row section-head">
        <h2 id="summary-title">Context summary</h2>
        {state.contextSummaryExpired && (
          <Badge tone="warn" icon="clock">
            May be out of date
          </Badge>
        )}
        <span class="faint">
          Version {state.version}
          {state.updatedAt !== null && (
            <>
              , <Age at={state.updatedAt} /> ago
            </>
          )}
          {state.sessionId !== null && (
            <>
              , by <a href={sessionPath(state.sessionId)}>{state.sessionId}</a>
            </>
          )}
        </span>
      </div>
      {empty && <p class="soft">It has not written where its work stands.</p>}
      {lastTask !== null && (
        <div>
          <h3>Last task</h3>
          <p class="prose" dir="auto">
            {lastTask}
          </p>
        </div>
      )}
      <div class="summary-lists">
        <ItemList title="Under way" items={activeWorkItems} />
        <ItemList title="Open questions" items={openQuestions} />
      </div>
      {handoffNotes !== null && (
        <div>
          <h3>Notes for the next session</h3>
          <p class="prose" dir="auto">
            {handoffNotes}
          </p>
        </div>
      )}
    </section>
  );
}

export const ItemList = ({ title, items }: { readonly title: string; readonly items: readonly string[] }) =>
  items.length > 0 ? (
    <div>
      <h3>{title}</h3>
      <ul class="items">
        {items.map((item, index) => (
          <li key={`${index}-${item}`}>{item}</li>
        ))}
      </ul>
    </div>
  ) : null;
