/** The sessions that need a person, at the top of the page. */
import type { FleetbeatError } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { Age } from '../../components/age.tsx';
import { Problem } from '../../components/problem.tsx';
import { attentionQueue } from '../../live/fleet-store.ts';
import { NeedCard } from './need-card.tsx';
import type { Question } from './question-form.tsx';
import { useOpenQuestions } from './use-open-questions.ts';

/** Cards shown at once; the rest on demand, so that the fleet stays in view. */
const MAX_COLLAPSED = 4;

/** An answer that was not stored. */
interface LateAnswer {
  readonly question: Question;
  readonly error: FleetbeatError;
}

export function AttentionQueue() {
  const [all, setAll] = useState(false);
  const [late, setLate] = useState<LateAnswer | null>(null);
  const questions = useOpenQuestions();
  const sessions = attentionQueue.value;
  if (sessions.length === 0 && !late) return null;
  const shown = all ? sessions : sessions.slice(0, MAX_COLLAPSED);
  const callbacks = {
    onAnswered: () => {
      setLate(null);
      questions.reload();
    },
    onTooLate: (question: Question, error: FleetbeatError) => {
      setLate({ question, error });
      questions.reload();
    },
  };
  return (
    <section class="needs" aria-labelledby="needs-title">
      <h2 id="needs-title">
        Needs you <span class="count numeric">{sessions.length}</span>
      </h2>
      {questions.error != null && <Problem error={questions.error} retry={questions.reload} />}
      {late && <LateAnswerNotice late={late} onClose={() => setLate(null)} />}
      <ul class="needs-list">
        {shown.map((session) => (
          <li key={session.sessionId}>
            <NeedCard session={session} questions={questions.value?.get(session.sessionId) ?? []} {...callbacks} />
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

/** Stands above the cards: that of the question is gone as soon as the question is closed. */
function LateAnswerNotice({ late, onClose }: { readonly late: LateAnswer; readonly onClose: () => void }) {
  const { answeredBy, answeredAt } = late.error.problem;
  return (
    <div class="late-answer" role="alert">
      <p>
        {answeredBy !== undefined && answeredAt !== undefined ? (
          <>
            {answeredBy} was faster and answered “{late.question.title}” <Age at={answeredAt} /> ago.
          </>
        ) : (
          <>“{late.question.title}” is closed: it was withdrawn, has expired, or its session has ended.</>
        )}{' '}
        Your answer was not sent.
      </p>
      <button type="button" class="button small" onClick={onClose}>
        Close
      </button>
    </div>
  );
}
