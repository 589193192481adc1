/** An answer to an agent, sent as a message that its next heartbeat announces. */
import { useId, useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { Problem } from '../../components/problem.tsx';
import type { SessionSnapshot } from '../../live/session-snapshot.ts';
import { useMutation } from '../../live/use-mutation.ts';
import { formatAnswer } from './format-answer.ts';

interface AnswerFormProps {
  readonly session: SessionSnapshot;
  readonly onSent: () => void;
}

export function AnswerForm({ session, onSent }: AnswerFormProps) {
  const id = useId();
  const [text, setText] = useState('');
  const { run, busy, error } = useMutation(() =>
    fleetbeat().messages.send({ to: session.programId ?? '', kind: 'DIRECTIVE', text: formatAnswer(session, text) }),
  );
  const send = async () => {
    if (text.trim() === '' || !(await run())) return;
    setText('');
    onSent();
  };
  return (
    <form
      class="answer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label class="unseen" for={id}>
        Answer to {session.programId}
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
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
      />
      <button type="submit" class="button primary" disabled={busy || text.trim() === ''}>
        {busy ? 'Sending…' : 'Send'}
      </button>
      {error != null && <Problem error={error} />}
    </form>
  );
}
