/** What a session needs, verbatim, and all that a person can do about it: in the inbox and on the pages of its own. */
import { getNeeds, type Need } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { fleetbeat, isAdmin, mayWrite } from '../../auth.ts';
import { Age } from '../../components/age.tsx';
import { Icon } from '../../components/icon.tsx';
import { Problem } from '../../components/problem.tsx';
import { lastHumanMessageAt } from '../../live/fleet.ts';
import { isAnswered } from '../../live/hidden-needs.ts';
import { pendingSends, sent } from '../../live/pending-sends.ts';
import { contextPercent, type SessionSnapshot } from '../../live/session-snapshot.ts';
import { useMutation } from '../../live/use-mutation.ts';
import { AnswerForm } from './answer-form.tsx';
import { type Question, QuestionForm } from './question-form.tsx';

interface NeedDetailsProps {
  readonly session: SessionSnapshot;
  /** The open questions of the session. */
  readonly questions: readonly Question[];
  /** Whether the status is shown; not where the page has it already. */
  readonly withStatus?: boolean;
}

export function NeedDetails({ session, questions, withStatus = true }: NeedDetailsProps) {
  const [need] = getNeeds(session);
  const { programId, sessionId } = session;
  const answered = isAnswered(session);
  const [open, setOpen] = useState(false);
  if (!need) return null;
  // Beside the answers to a question a message would be a second, weaker way to say the same.
  const canAnswer = questions.length > 0 && isAdmin();
  const canWrite = programId !== null && mayWrite() && !canAnswer;
  const writing = canWrite && (open || (need === 'blocked' && !answered && questions.length === 0));
  return (
    <div class="need-details">
      {questions.map((each) => (
        <QuestionForm key={each.questionId} question={each} />
      ))}
      {withStatus && session.status && !questions.some(({ title }) => title === session.status) && (
        <p class={need === 'blocked' ? 'need-question' : 'soft'} dir="auto">
          {session.status}
        </p>
      )}
      {need !== 'blocked' && <p class="faint">{ADVICE[need](session)}</p>}
      {answered && <OwnMessage session={session} />}
      {writing && <AnswerForm session={session} onSent={() => setOpen(false)} />}
      <div class="form-actions">
        {canWrite && !writing && (
          <button type="button" class="button small" onClick={() => setOpen(true)}>
            <Icon name="message" size={15} /> Send a message
          </button>
        )}
        {(need === 'stale' || !withStatus) && isAdmin() && (
          <MarkComplete sessionId={sessionId} status={session.status} />
        )}
      </div>
    </div>
  );
}

/** What this page has sent, and that it is on its way. */
function OwnMessage({ session: { sessionId, programId } }: { readonly session: SessionSnapshot }) {
  const mine = pendingSends.value.find(({ id }) => id === sessionId) ?? sent.value.get(sessionId);
  const at = programId === null ? undefined : lastHumanMessageAt.value.get(programId);
  if (!mine && at === undefined) return null;
  return (
    <p class="need-answered">
      <Icon name="check" size={16} />
      <span dir="auto">
        {mine && `“${mine.text}” `}
        {at !== undefined && (
          <>
            A message was sent <Age at={at} /> ago. The agent is told with its next heartbeat.
          </>
        )}
      </span>
    </p>
  );
}

/** For an agent that will not come back: its slot is free and nobody is asked again. */
function MarkComplete({ sessionId, status }: { readonly sessionId: string; readonly status: string | null }) {
  const complete = useMutation(() => completeSession(sessionId, status));
  return (
    <>
      <button type="button" class="button small" disabled={complete.busy} onClick={() => void complete.run()}>
        <Icon name="check" size={15} /> Mark as complete
      </button>
      {complete.error != null && <Problem error={complete.error} />}
    </>
  );
}

export const completeSession = (sessionId: string, status: string | null): Promise<unknown> =>
  fleetbeat().sessions.update(sessionId, { status: status ?? 'Completed by a person.', state: 'complete' });

const ADVICE: Record<Exclude<Need, 'blocked'>, (session: SessionSnapshot) => string> = {
  handoff: (session) => {
    const percent = contextPercent(session);
    const used = percent === null ? '' : `${Math.round(percent)} % of its context is used. `;
    return `${used}It asks for a successor: start a new run of this program, which takes over its memory.`;
  },
  stuck: () => 'It is alive but has not moved on. Look at what it does, or send it a message.',
  stale: () => 'No heartbeat for a while: it may have died. Look where it runs, or start a new run.',
};
