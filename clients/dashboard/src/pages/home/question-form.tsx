/** A question of an agent: all that is needed to decide, and the buttons that answer it. The first answer wins. */
import { type components, revealHidden } from '@fleetbeat/client';
import { useId, useState } from 'preact/hooks';
import { fleetbeat, isAdmin } from '../../auth.ts';
import { Icon } from '../../components/icon.tsx';
import { pendingSends, sendSoon, sent } from '../../live/pending-sends.ts';

export type Question = components['schemas']['Question'];
type Answer = components['schemas']['QuestionAnswer'];

export function QuestionForm({ question }: { readonly question: Question }) {
  const { questionId } = question;
  const mine = pendingSends.value.find(({ id }) => id === questionId) ?? sent.value.get(questionId);
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
      {mine ? (
        <p class="need-answered">
          <Icon name="check" size={16} />
          <span dir="auto">Answered: {mine.text}</span>
        </p>
      ) : (
        isAdmin() && <Answers question={question} />
      )}
    </section>
  );
}

/** Answers with an option, words, or both. It can be undone for a few seconds. */
export function answerSoon({ questionId, sessionId, title }: Question, answer: Answer): void {
  const text = [answer.option, answer.text].filter(Boolean).join(': ');
  sendSoon({ id: questionId, sessionId, about: title, text }, () => fleetbeat().questions.answer(questionId, answer));
}

/** An option goes with what was written; where there are words alone, they are the answer. */
function Answers({ question }: { readonly question: Question }) {
  const { title, options, freeText } = question;
  const id = useId();
  const [words, setWords] = useState('');
  const text = words.trim() === '' ? {} : { text: words.trim() };
  const send = () => {
    if (text.text !== undefined) answerSoon(question, text);
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
            disabled={text.text === undefined}
          >
            Send
          </button>
        </>
      )}
      {options.length > 0 && (
        <div class="question-options">
          {options.map((option) => (
            <button key={option} type="button" class="button" onClick={() => answerSoon(question, { option, ...text })}>
              {revealHidden(option)}
            </button>
          ))}
        </div>
      )}
    </form>
  );
}
