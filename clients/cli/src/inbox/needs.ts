/** What needs a person, numbered: the inbox of whoever has a key without a program. */
import { compareByNeed, type components, type Fleetbeat, getNeeds } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import type { Call } from '../call.ts';
import { collectPages } from '../pages.ts';
import { describeState, type Session } from '../session-state.ts';
import { stateColour } from '../sessions/columns.ts';
import { type Column, tableLines } from '../table.ts';
import { saveNumbers } from './numbers.ts';

type Question = components['schemas']['Question'];

export interface InboxItem {
  readonly session: Session;
  /** What it asks; null when it is blocked without a question, stuck, silent, or asks for a successor. */
  readonly question: Question | null;
}

/** The most urgent first, as `top` and the dashboard order them; a session's questions the oldest first. */
async function readItems(fleetbeat: Fleetbeat): Promise<readonly InboxItem[]> {
  const [{ items: sessions }, { items: questions }] = await Promise.all([
    collectPages('sessions', { all: true }, (page) => fleetbeat.sessions.list(page)),
    collectPages('questions', { all: true }, (page) => fleetbeat.questions.list(page)),
  ]);
  const oldestFirst = questions.toReversed();
  return sessions
    .filter((session) => getNeeds(session).length > 0)
    .sort(compareByNeed)
    .flatMap((session): InboxItem[] => {
      const own = oldestFirst.filter(({ sessionId }) => sessionId === session.sessionId);
      return own.length === 0 ? [{ session, question: null }] : own.map((question) => ({ session, question }));
    });
}

/** Prints the inbox, and keeps which number stands for what, so that `fleetbeat answer 2` means what was shown. */
export async function printNeeds(call: Call, fleetbeat: Fleetbeat): Promise<void> {
  const items = await readItems(fleetbeat);
  saveNumbers(
    call,
    items.map(({ session, question }) =>
      question ? { questionId: question.questionId } : { programId: session.programId },
    ),
  );
  const numbered = items.map((item, index) => ({ ...item, number: index + 1 }));
  const columns: readonly Column<(typeof numbered)[number]>[] = [
    { title: 'NO', text: ({ number }) => number, align: 'right' },
    { title: 'AGENT', text: ({ session }) => session.programId ?? session.sessionId, minWidth: 8 },
    {
      title: 'STATE',
      text: ({ session }) => describeState(session),
      colour: ({ session }, paint) => stateColour(describeState(session), paint),
    },
    {
      title: 'SINCE',
      text: ({ session, question }) => formatAge(question?.createdAt ?? session.lastProgressAt, call.now()),
      align: 'right',
    },
    { title: 'OPTIONS', text: ({ question }) => question?.options.join(' | ') ?? '', dropOrder: 1 },
    {
      title: 'ASKS',
      text: ({ session, question }) => question?.title ?? (session.status || session.name),
      minWidth: 20,
    },
  ];
  call.print({ items: numbered }, () =>
    numbered.length === 0
      ? 'Nobody needs you.'
      : [
          ...tableLines(columns, numbered, call.layout()),
          '',
          call.paint.dim('fleetbeat answer <NO> "Your words", or --option; fleetbeat questions shows commands in full'),
        ].join('\n'),
  );
}
