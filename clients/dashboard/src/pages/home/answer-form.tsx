/** An answer to an agent, sent as a message that its next heartbeat announces. */
import { useId, useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { pendingSends, sendSoon } from '../../live/pending-sends.ts';
import type { SessionSnapshot } from '../../live/session-snapshot.ts';
import { formatAnswer } from './format-answer.ts';

interface AnswerFormProps {
  readonly session: SessionSnapshot;
  readonly onSent?: () => void;
}

/** What is said most often, at one touch. */
const QUICK_REPLIES = ['Yes', 'No', 'Go on'] as const;

export function AnswerForm({ session, onSent }: AnswerFormProps) {
  const id = useId();
  const [text, setText] = useState('');
  const { sessionId, programId } = session;
  const busy = pendingSends.value.some((each) => each.id === sessionId);
  const send = (words: string) => {
    if (words.trim() === '' || busy) return;
    sendSoon({ id: sessionId, sessionId, about: session.status ?? session.name, text: words.trim() }, () =>
      fleetbeat().messages.send({ to: programId ?? '', kind: 'DIRECTIVE', text: formatAnswer(session, words) }),
    );
    setText('');
    onSent?.();
  };
  return (
    <form
      class="answer"
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      <label class="unseen" for={id}>
        Answer to {programId}
      </label>
      <textarea
        dir="auto"
        id={id}
        rows={1}
        value={text}
        maxLength={19_000}
        placeholder={session.state === 'blocked' ? 'Your answer' : 'Your message'}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(text);
        }}
      />
      <button type="submit" class="button primary" disabled={busy || text.trim() === ''}>
        Send
      </button>
      {session.state === 'blocked' && (
        <div class="quick-replies">
          {QUICK_REPLIES.map((reply) => (
            <button key={reply} type="button" class="button small" disabled={busy} onClick={() => send(reply)}>
              {reply}
            </button>
          ))}
        </div>
      )}
    </form>
  );
}
