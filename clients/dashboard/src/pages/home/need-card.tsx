/** One session that needs a person: what it needs, and a way to answer. */
import { getNeeds, type Need } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { isAdmin, mayWrite } from '../../auth.ts';
import { Age } from '../../components/age.tsx';
import { NeedBadge } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { lastHumanMessageAt } from '../../live/fleet.ts';
import { findProgramRow } from '../../live/fleet-store.ts';
import { contextPercent, type SessionSnapshot } from '../../live/session-snapshot.ts';
import { programPath, sessionPath } from '../../routes.ts';
import { AnswerForm } from './answer-form.tsx';
import { type Question, type QuestionCallbacks, QuestionForm } from './question-form.tsx';

interface NeedCardProps extends QuestionCallbacks {
  readonly session: SessionSnapshot;
  /** The open questions of the session. */
  readonly questions: readonly Question[];
}

export function NeedCard({ session, questions, ...callbacks }: NeedCardProps) {
  const needs = getNeeds(session);
  const [need] = needs;
  const { programId, sessionId } = session;
  const answeredAt = programId === null ? undefined : lastHumanMessageAt.value.get(programId);
  const answered = answeredAt !== undefined && answeredAt > Date.parse(session.lastProgressAt);
  const [open, setOpen] = useState(false);
  if (!need) return null;
  // Beside the answers to a question a message would be a second, weaker way to say the same.
  const canAnswer = questions.length > 0 && isAdmin();
  const canWrite = programId !== null && mayWrite() && !canAnswer;
  const writing = canWrite && (open || (need === 'blocked' && !answered && questions.length === 0));
  const name = programId === null ? session.name : (findProgramRow(programId)?.value.displayName ?? programId);
  return (
    <article class="card need" data-need={need} aria-label={`${name} needs you`}>
      <header class="need-head">
        <h3>
          {programId === null ? name : <a href={programPath(programId)}>{name}</a>}
          <span class="faint"> · </span>
          <a class="soft" href={sessionPath(sessionId)}>
            {programId === null ? 'Session' : session.name}
          </a>
        </h3>
        <p class="need-badges">
          {needs.map((each) => (
            <NeedBadge key={each} need={each} />
          ))}
          <span class="faint">
            <Age at={getNeedStart(need, session)} />
          </span>
        </p>
      </header>
      {questions.map((each) => (
        <QuestionForm key={each.questionId} question={each} {...callbacks} />
      ))}
      {session.status && !questions.some(({ title }) => title === session.status) && (
        <p class={need === 'blocked' ? 'need-question' : 'soft'}>{session.status}</p>
      )}
      {need !== 'blocked' && <p class="faint">{ADVICE[need](session)}</p>}
      {answered && (
        <p class="need-answered">
          <Icon name="check" size={16} />
          <span>
            A message was sent <Age at={answeredAt} /> ago. The agent is told with its next heartbeat.
          </span>
        </p>
      )}
      {writing ? (
        <AnswerForm session={session} onSent={() => setOpen(false)} />
      ) : (
        canWrite && (
          <div class="form-actions">
            <button type="button" class="button small" onClick={() => setOpen(true)}>
              <Icon name="message" size={15} /> Send a message
            </button>
          </div>
        )
      )}
    </article>
  );
}

/** Since when, as far as is known. */
const getNeedStart = (need: Need, session: SessionSnapshot): string =>
  need === 'stale' ? session.updatedAt : session.lastProgressAt;

const ADVICE: Record<Exclude<Need, 'blocked'>, (session: SessionSnapshot) => string> = {
  handoff: (session) => {
    const percent = contextPercent(session);
    const used = percent === null ? '' : `${Math.round(percent)} % of its context is used. `;
    return `${used}It asks for a successor: start a new run of this program, which takes over its memory.`;
  },
  stuck: () => 'It is alive but has not moved on. Look at what it does, or send it a message.',
  stale: () => 'Nothing was heard of it for a while: it may have died. Look where it runs, or start a new run.',
};
