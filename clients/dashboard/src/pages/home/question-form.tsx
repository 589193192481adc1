/** A question of an agent: all that is needed to decide, and the buttons that answer it. The first answer wins. */
import { type components, FleetbeatError, revealHidden } from '@fleetbeat/client';
import { useId, useState } from 'preact/hooks';
import { fleetbeat, isAdmin } from '../../auth.ts';
import { Icon } from '../../components/icon.tsx';
import { Problem } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';

export type Question = components['schemas']['Question'];
type Answer = components['schemas']['QuestionAnswer'];

export interface QuestionCallbacks {
  /** The answer was stored. */
  readonly onAnswered: () => void;
  /** Somebody else was first, or the question was closed otherwise: the answer was not stored. */
  readonly onTooLate: (question: Question, error: FleetbeatError) => void;
}

interface QuestionFormProps extends QuestionCallbacks {
  readonly question: Question;
}

const isTooLate = (error: unknown): error is FleetbeatError =>
  error instanceof FleetbeatError && (error.kind === 'question-answered' || error.kind === 'question-closed');

export function QuestionForm({ question, onAnswered, onTooLate }: QuestionFormProps) {
  const [answered, setAnswered] = useState<Answer | null>(null);
  const { run, busy, error } = useMutation(async (answer: Answer) => {
    try {
      await fleetbeat().questions.answer(question.questionId, answer);
    } catch (failure) {
      if (!isTooLate(failure)) throw failure;
      onTooLate(question, failure);
      return;
    }
    setAnswered(answer);
    onAnswered();
  });
  return (
    <section class="question" aria-label={question.title}>
      <p class="need-question" dir="auto">
        {revealHidden(question.title)}
      </p>
      {question.details.length > 0 && (
        <dl class="question-details">
          {question.details.map(({ label, value }, index) => (
            <div key={index}>
              <dt>{revealHidden(label)}</dt>
              <dd dir="auto">
                <code>{revealHidden(value)}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {answered ? (
        <p class="need-answered">
          <Icon name="check" size={16} />
          <span>Answered: {answered.option ?? answered.text}</span>
        </p>
      ) : (
        isAdmin() && <Answers question={question} busy={busy} onAnswer={(answer) => void run(answer)} />
      )}
      {error != null && <Problem error={error} />}
    </section>
  );
}

interface AnswersProps {
  readonly question: Question;
  readonly busy: boolean;
  readonly onAnswer: (answer: Answer) => void;
}

/** An option goes with what was written; where there are words alone, they are the answer. */
function Answers({ question: { title, options, freeText }, busy, onAnswer }: AnswersProps) {
  const id = useId();
  const [words, setWords] = useState('');
  const text = words.trim() === '' ? {} : { text: words.trim() };
  const send = () => {
    if (text.text !== undefined) onAnswer(text);
  };
  return (
    <form
      class="answer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {freeText && (
        <>
          <label class="unseen" for={id}>
            Answer to “{title}” in your own words
          </label>
          <textarea
            dir="auto"
            id={id}
            rows={1}
            value={words}
            maxLength={8_000}
            placeholder={options.length > 0 ? 'Your own words' : 'Your answer'}
            onInput={(event) => setWords(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
            }}
          />
          <button
            type="submit"
            class={options.length > 0 ? 'button' : 'button primary'}
            disabled={busy || text.text === undefined}
          >
            Send
          </button>
        </>
      )}
      {options.length > 0 && (
        <div class="question-options">
          {options.map((option) => (
            <button
              key={option}
              type="button"
              class="button"
              disabled={busy}
              onClick={() => onAnswer({ option, ...text })}
            >
              {revealHidden(option)}
            </button>
          ))}
        </div>
      )}
    </form>
  );
}
