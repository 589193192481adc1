/** What a session has asked, who answered what, and what it did then. */
import { type components, revealHidden } from '@fleetbeat/client';
import { fleetbeat } from '../../auth.ts';
import { Age } from '../../components/age.tsx';
import { useServerQuery } from '../../live/use-server-query.ts';
import type { Change } from './changes.ts';

type Question = components['schemas']['Question'];

interface QuestionThreadProps {
  readonly sessionId: string;
  readonly programId: string | null;
  readonly changes: readonly Change[];
}

/** Questions of one session; a program's newest are enough to have them. */
const loadClosed = async (sessionId: string, programId: string | null): Promise<Question[]> => {
  const filter = programId === null ? {} : { programId };
  const { questions } = await fleetbeat().questions.list({ ...filter, state: 'all', limit: 50 });
  return questions.filter((each) => each.sessionId === sessionId && each.state !== 'open');
};

export function QuestionThread({ sessionId, programId, changes }: QuestionThreadProps) {
  const closed = useServerQuery(() => loadClosed(sessionId, programId), [sessionId, programId], {
    reloadOnEvent: (event) => event.type.startsWith('question.') && event.sessionId === sessionId,
  });
  if (!closed.value || closed.value.length === 0) return null;
  return (
    <section aria-labelledby="thread-title">
      <h2 id="thread-title">Questions and answers</h2>
      <ol class="thread">
        {closed.value.map((question) => (
          <li key={question.questionId} class="card">
            <p class="soft" dir="auto">
              {revealHidden(question.title)}{' '}
              <span class="faint">
                asked <Age at={question.createdAt} /> ago
              </span>
            </p>
            <Outcome question={question} />
            <NextStep after={question.closedAt} changes={changes} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Outcome({ question: { state, answer, answeredBy, closedAt } }: { readonly question: Question }) {
  const ago = closedAt !== null && (
    <span class="faint">
      {' '}
      <Age at={closedAt} /> ago
    </span>
  );
  if (state !== 'answered' || !answer)
    return (
      <p class="faint">
        {state === 'expired'
          ? 'Expired without an answer'
          : 'Withdrawn: answered at the terminal, or its session ended'}
        {ago}
      </p>
    );
  return (
    <p dir="auto">
      <strong>{answeredBy ?? 'A person'}</strong>: {[answer.option, answer.text].filter(Boolean).join(': ')}
      {ago}
    </p>
  );
}

/** The first thing that the session did after the question was closed. */
function NextStep({ after, changes }: { readonly after: string | null; readonly changes: readonly Change[] }) {
  if (after === null) return null;
  const next = changes.findLast(({ at, state, status }) => at > after && state !== 'blocked' && status !== null);
  return next ? (
    <p class="faint" dir="auto">
      Then: {next.status}
    </p>
  ) : null;
}
