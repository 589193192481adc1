/** One line of the inbox. Opened, it shows everything that a decision needs. */
import { getNeeds } from '@fleetbeat/client';
import { Age } from '../../components/age.tsx';
import { NeedBadge } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { findProgramRow } from '../../live/fleet-store.ts';
import { isAnswered } from '../../live/hidden-needs.ts';
import type { SessionSnapshot } from '../../live/session-snapshot.ts';
import { programPath, sessionPath } from '../../routes.ts';
import { getWaitStart, type InboxGroup } from './inbox-items.ts';
import { NeedDetails } from './need-details.tsx';
import type { Question } from './question-form.tsx';

interface LineProps {
  readonly open: boolean;
  readonly selected: boolean;
  readonly onToggle: () => void;
  readonly onSelect: () => void;
}

const getName = ({ programId, name }: SessionSnapshot): string =>
  programId === null ? name : (findProgramRow(programId)?.value.displayName ?? programId);

export function InboxLine({
  session,
  questions,
  ...line
}: LineProps & { readonly session: SessionSnapshot; readonly questions: readonly Question[] }) {
  const [need] = getNeeds(session);
  if (!need) return null;
  const name = getName(session);
  const { programId, sessionId } = session;
  return (
    <article class="need" data-need={need} data-inbox={sessionId} aria-label={`${name} needs you`}>
      <div class="need-line">
        <input
          type="checkbox"
          checked={line.selected}
          aria-label={`Select ${name}`}
          tabIndex={-1}
          onChange={line.onSelect}
        />
        <button type="button" class="need-open" aria-expanded={line.open} onClick={line.onToggle}>
          <NeedBadge need={need} />
          <strong>{name}</strong>
          <span class="need-text" dir="auto">
            {questions[0]?.title ?? session.status ?? session.name}
          </span>
          {isAnswered(session) && <Icon name="check" size={16} />}
          <span class="faint">
            <Age at={getWaitStart(need, session)} />
          </span>
        </button>
      </div>
      {line.open && (
        <div class="need-body">
          <p class="faint">
            {programId !== null && <a href={programPath(programId)}>{name}</a>}
            {programId !== null && ' · '}
            <a href={sessionPath(sessionId)} dir="auto">
              {session.name}
            </a>
          </p>
          <NeedDetails session={session} questions={questions} />
        </div>
      )}
    </article>
  );
}

const GROUP_WORDS = { stale: 'silent', stuck: 'stuck', handoff: 'ask for a handoff', blocked: 'blocked' } as const;

/** Many with the same need: `138 silent since 05:00`. */
export function GroupLine({ group, ...line }: LineProps & { readonly group: InboxGroup }) {
  const { need, sessions, since, id } = group;
  const date = new Date(since);
  const isToday = date.toDateString() === new Date().toDateString();
  const options = isToday ? ({ timeStyle: 'short' } as const) : ({ dateStyle: 'medium', timeStyle: 'short' } as const);
  const words = `${sessions.length} ${GROUP_WORDS[need]}`;
  return (
    <article class="need" data-need={need} data-inbox={id} aria-label={words}>
      <div class="need-line">
        <input
          type="checkbox"
          checked={line.selected}
          aria-label={`Select all ${words}`}
          tabIndex={-1}
          onChange={line.onSelect}
        />
        <button type="button" class="need-open" aria-expanded={line.open} onClick={line.onToggle}>
          <NeedBadge need={need} />
          <strong>
            {words} since {date.toLocaleString(undefined, options)}
          </strong>
          <span class="need-text">{sessions.map(getName).join(', ')}</span>
        </button>
      </div>
    </article>
  );
}
