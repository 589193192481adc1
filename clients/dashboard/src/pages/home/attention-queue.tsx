/** The sessions that need a person, at the top of the page. */
import { useState } from 'preact/hooks';
import { attentionQueue } from '../../live/fleet-store.ts';
import { NeedCard } from './need-card.tsx';

/** Cards shown at once; the rest on demand, so that the fleet stays in view. */
const MAX_COLLAPSED = 4;

export function AttentionQueue() {
  const [all, setAll] = useState(false);
  const sessions = attentionQueue.value;
  if (sessions.length === 0) return null;
  const shown = all ? sessions : sessions.slice(0, MAX_COLLAPSED);
  return (
    <section class="needs" aria-labelledby="needs-title">
      <h2 id="needs-title">
        Needs you <span class="count numeric">{sessions.length}</span>
      </h2>
      <ul class="needs-list">
        {shown.map((session) => (
          <li key={session.sessionId}>
            <NeedCard session={session} />
          </li>
        ))}
      </ul>
      {sessions.length > MAX_COLLAPSED && (
        <button type="button" class="button quiet small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${sessions.length}`}
        </button>
      )}
    </section>
  );
}
