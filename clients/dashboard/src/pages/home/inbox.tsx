/** Needs you: one line for each session that waits for a person, the longest wait first. */
import { useState } from 'preact/hooks';
import { isAdmin } from '../../auth.ts';
import { Problem } from '../../components/problem.tsx';
import { attentionQueue } from '../../live/fleet-store.ts';
import { hideNeeds, inbox, SNOOZE_MS, showNeeds, unansweredCount } from '../../live/hidden-needs.ts';
import type { SessionSnapshot } from '../../live/session-snapshot.ts';
import { useMutation } from '../../live/use-mutation.ts';
import type { ServerQuery } from '../../live/use-server-query.ts';
import { type InboxItem, toInboxItems } from './inbox-items.ts';
import { GroupLine, InboxLine } from './inbox-line.tsx';
import { completeSession } from './need-details.tsx';
import { answerSoon } from './question-form.tsx';
import { focusLine, type InboxCommand, useInboxKeys } from './use-inbox-keys.ts';
import type { OpenQuestions } from './use-open-questions.ts';

/** Lines shown at once; the rest on demand, so that the fleet stays in view. */
const MAX_COLLAPSED = 8;

export function Inbox({ questions }: { readonly questions: ServerQuery<OpenQuestions> }) {
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const sessions = inbox.value;
  const items = toInboxItems(sessions).flatMap((item) =>
    'need' in item && open.has(item.id)
      ? [item, ...item.sessions.map((session) => ({ id: session.sessionId, session }))]
      : [item],
  );
  const shown = all ? items : items.slice(0, MAX_COLLAPSED);
  const getSessions = (item: InboxItem) => ('need' in item ? item.sessions : [item.session]);
  const chosen = sessions.filter(({ sessionId }) => selected.has(sessionId));
  const select = (item: InboxItem) => {
    const ids = getSessions(item).map(({ sessionId }) => sessionId);
    const isOn = ids.every((id) => selected.has(id));
    setSelected(new Set(isOn ? [...selected].filter((id) => !ids.includes(id)) : [...selected, ...ids]));
  };
  const toggle = (id: string) => setOpen(toggled(open, id));
  const hide = (which: readonly SessionSnapshot[], forMs: number | null) => {
    hideNeeds(which, forMs);
    setSelected(new Set());
  };
  const act = (item: InboxItem, command: InboxCommand) => {
    const which = chosen.length > 0 ? chosen : getSessions(item);
    if (command === 'select') select(item);
    else if (command === 'done') hide(which, null);
    else if (command === 'snooze') hide(which, SNOOZE_MS);
    else if (command === 'reply') {
      if (!open.has(item.id)) toggle(item.id);
      setTimeout(() => focusLine(item.id, 'textarea'));
    } else if (!('need' in item)) {
      const [question] = questions.value?.get(item.session.sessionId) ?? [];
      const option = question?.options[command.option - 1];
      if (question && option !== undefined && isAdmin()) answerSoon(question, { option });
    }
  };
  useInboxKeys(shown, act);
  const hiddenCount = attentionQueue.value.length - sessions.length;
  if (sessions.length === 0 && hiddenCount === 0) return null;
  const answered = sessions.length - unansweredCount.value;
  return (
    <section class="needs" aria-labelledby="needs-title">
      <h2 id="needs-title">
        Needs you <span class="count numeric">{unansweredCount.value}</span>
        {answered > 0 && <span class="faint">{answered} answered</span>}
      </h2>
      {questions.error != null && <Problem error={questions.error} retry={questions.reload} />}
      {chosen.length > 0 && <BulkActions sessions={chosen} onHide={hide} onDone={() => setSelected(new Set())} />}
      <ul class="needs-list">
        {shown.map((item) => {
          const line = {
            open: open.has(item.id),
            selected: getSessions(item).every(({ sessionId }) => selected.has(sessionId)),
            onToggle: () => toggle(item.id),
            onSelect: () => select(item),
          };
          return (
            <li key={item.id}>
              {'need' in item ? (
                <GroupLine group={item} {...line} />
              ) : (
                <InboxLine
                  session={item.session}
                  questions={questions.value?.get(item.session.sessionId) ?? []}
                  {...line}
                />
              )}
            </li>
          );
        })}
      </ul>
      <div class="needs-foot">
        {items.length > MAX_COLLAPSED && (
          <button type="button" class="button quiet small" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${items.length}`}
          </button>
        )}
        {hiddenCount > 0 && (
          <button
            type="button"
            class="button quiet small"
            onClick={() => showNeeds(attentionQueue.value.map(({ sessionId }) => sessionId))}
          >
            Show {hiddenCount} put aside
          </button>
        )}
        <p class="faint needs-keys">
          <kbd>j</kbd> <kbd>k</kbd> move · <kbd>Enter</kbd> open · <kbd>r</kbd> reply · <kbd>1</kbd> <kbd>2</kbd> choose
          · <kbd>x</kbd> select · <kbd>s</kbd> snooze · <kbd>e</kbd> done
        </p>
      </div>
    </section>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

interface BulkActionsProps {
  readonly sessions: readonly SessionSnapshot[];
  readonly onHide: (sessions: readonly SessionSnapshot[], forMs: number | null) => void;
  readonly onDone: () => void;
}

function BulkActions({ sessions, onHide, onDone }: BulkActionsProps) {
  const complete = useMutation(async () => {
    for (const { sessionId, status } of sessions) await completeSession(sessionId, status);
    onDone();
  });
  return (
    <fieldset class="needs-bulk">
      <legend class="unseen">{sessions.length} selected</legend>
      <strong aria-hidden="true">{sessions.length} selected</strong>
      <button type="button" class="button small" onClick={() => onHide(sessions, SNOOZE_MS)}>
        Snooze 15 min
      </button>
      <button type="button" class="button small" onClick={() => onHide(sessions, null)}>
        Done until it changes
      </button>
      {isAdmin() && (
        <button type="button" class="button small" disabled={complete.busy} onClick={() => void complete.run()}>
          Mark as complete
        </button>
      )}
      <button type="button" class="button quiet small" onClick={onDone}>
        Clear
      </button>
      {complete.error != null && <Problem error={complete.error} />}
    </fieldset>
  );
}
