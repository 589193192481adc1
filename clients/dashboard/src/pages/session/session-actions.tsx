/** The actions on a session. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { fleetbeat, isAdmin, mayWrite, me } from '../../auth.ts';
import { Icon } from '../../components/icon.tsx';
import { Problem } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { AnswerForm } from '../home/answer-form.tsx';

export function SessionActions({ session }: { readonly session: components['schemas']['Session'] }) {
  const { sessionId, programId, status } = session;
  const [writing, setWriting] = useState(false);
  const [sent, setSent] = useState(false);
  const complete = useMutation(() =>
    fleetbeat().sessions.update(sessionId, { status: status ?? 'Completed by a person.', state: 'complete' }),
  );
  const mayEnd = isAdmin() || (programId !== null && me.value?.programId === programId);
  if (!mayWrite()) return null;
  const done = () => {
    setWriting(false);
    setSent(true);
  };
  return (
    <div class="session-actions">
      {writing && programId !== null && <AnswerForm session={session} onSent={done} />}
      <p role="status" class="soft">
        {sent && 'Sent. The agent is told with its next heartbeat.'}
      </p>
      <div class="form-actions">
        {programId !== null && !writing && (
          <button type="button" class="button" onClick={() => setWriting(true)}>
            <Icon name="message" /> Send a message
          </button>
        )}
        {mayEnd && (
          <button type="button" class="button" disabled={complete.busy} onClick={() => void complete.run()}>
            <Icon name="check" /> Mark as complete
          </button>
        )}
      </div>
      {complete.error != null && <Problem error={complete.error} />}
    </div>
  );
}
