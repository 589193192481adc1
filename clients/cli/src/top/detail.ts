/** One session in `top`, in full: what it does, what it asks, and how it is answered. Pure. */
import { revealHidden } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import { formatKeyValues } from '../key-values.ts';
import type { Paint } from '../paint.ts';
import { formatQuestion } from '../questions/format.ts';
import { describeState, type Session } from '../session-state.ts';
import { percent } from '../sessions/columns.ts';
import { wrap } from '../text.ts';
import type { TopState } from './keys.ts';
import type { Question } from './question.ts';

interface DetailView {
  readonly width: number;
  readonly paint: Paint;
  /** By the server's clock, in milliseconds. */
  readonly now: number;
}

export function detailLines(
  session: Session,
  question: Question | null,
  { mode, input }: TopState,
  { width, paint, now }: DetailView,
): string[] {
  const { sessionId, programId, name, status, progress, contextUsedPercent, lastHeartbeat, lastProgressAt } = session;
  const facts = formatKeyValues(
    [
      ['Session', sessionId],
      ['Program', programId],
      ['Name', name],
      ['State', describeState(session)],
      ['Heartbeat', `${formatAge(lastHeartbeat, now)} ago`],
      ['Last progress', `${formatAge(lastProgressAt, now)} ago`],
      ['Progress', percent(progress)],
      ['Context', percent(contextUsedPercent ?? null)],
    ],
    paint,
  );
  const asked = question ? formatQuestion(question, { now: () => now, paint }) : revealHidden(status ?? '');
  const lines = [...facts.split('\n'), '', ...asked.split('\n')].flatMap((line) => wrap(line, width));
  if (mode !== 'answer') return lines;
  const options = (question?.options ?? []).map((option, index) => `${paint.strong(`${index + 1}`)} ${option}`);
  return [
    ...lines,
    '',
    ...(options.length > 0 ? [options.join('   ')] : []),
    ...wrap(`${question ? 'Answer' : `Message to ${programId ?? 'nobody'}`}: ${input}█`, width),
  ];
}

export const KEY_LINES: readonly string[] = [
  'j k ↑ ↓       move, PageUp, PageDown, Home, End',
  'Enter         all of a session, and back',
  'a             answer its question, or send it a message; 1 2 … choose an option',
  '/             show only what contains some words; Esc shows all again',
  's             sort by need, name, heartbeat, context',
  'c             show complete sessions, or hide them',
  'p             pause the picture, or let it go on',
  'q             quit',
];
