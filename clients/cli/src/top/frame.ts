/** One picture of the fleet, as lines of text: never more, nor wider ones, than the terminal has room for. */

import { formatDuration } from '@fleetbeat/client';
import type { Paint } from '../paint.ts';
import { sessionColumns, stateColour } from '../sessions/columns.ts';
import { tableLines } from '../table.ts';
import { displayWidth, pluralize, truncate } from '../text.ts';
import type { FleetModel } from './model.ts';

export interface View {
  readonly width: number;
  readonly height: number;
  /** So many rows above are out of sight. */
  readonly scrollOffset: number;
  readonly withComplete: boolean;
  /** Where the server is and whose account it is. */
  readonly title: string;
  readonly paint: Paint;
  /** By the server's clock, in milliseconds. */
  readonly now: number;
  /** By this machine's clock, in milliseconds. */
  readonly localNow: number;
}

interface Segment {
  readonly text: string;
  readonly colour: (text: string) => string;
}

/** Two lines above the table and one empty; under it, one with the keys. */
const CHROME_LINES = 4;

/** How many rows of the table are in sight. */
export const visibleRows = (height: number): number => Math.max(1, height - CHROME_LINES - 1);

export function renderFrame(model: FleetModel, view: View): string[] {
  const { width, height, paint } = view;
  const all = model.rows(view.withComplete);
  const room = visibleRows(height);
  const first = Math.min(view.scrollOffset, Math.max(0, all.length - room));
  const table =
    all.length === 0
      ? [paint.dim('No live sessions. One starts with: fleetbeat sessions create "Its name"')]
      : tableLines(
          sessionColumns(() => view.now),
          all,
          { paint, width },
        );
  const rows = table.slice(1 + first, 1 + first + room);
  const clock = new Date(view.now).toISOString().slice(11, 19);
  const head = [
    bar(
      [
        { text: 'Fleetbeat', colour: paint.strong },
        { text: view.title, colour: paint.dim },
      ],
      `${clock}Z`,
      width,
      paint,
    ),
    bar(summary(model, view), connectionText(model, view), width, paint),
    '',
    all.length === 0 ? truncate(table[0] ?? '', width) : (table[0] ?? ''),
  ];
  if (height === Number.POSITIVE_INFINITY) return [...head, ...rows];
  const seen = all.length > rows.length ? `${first + 1}–${first + rows.length} of ${all.length}` : '';
  const keys = `q quit  ↑↓ scroll  c ${view.withComplete ? 'hide' : 'show'} complete`;
  const foot = bar([{ text: keys, colour: paint.dim }], seen, width, paint);
  return [...head, ...rows, ...Array<string>(Math.max(0, room - rows.length)).fill(''), foot].slice(0, height);
}

function summary(model: FleetModel, { paint }: View): Segment[] {
  const { health } = model;
  const programs = health?.programs ?? [];
  // Every row counts them: they are said once.
  const tasksForAll = health?.pendingTasksForAll ?? 0;
  const tasks = programs.filter(({ pendingTasks }) => pendingTasks > tasksForAll).length;
  const messages = programs.filter(({ pendingMessages }) => pendingMessages > 0).length;
  const live = model.rows(false).length;
  return [
    { text: `${live} live`, colour: paint.strong },
    ...model.countNeeds().map(([need, count]) => ({ text: `${count} ${need}`, colour: stateColour(need, paint) })),
    ...(health?.massSilence
      ? [{ text: `${pluralize(health.massSilence.sessions, 'session')} fell silent together`, colour: paint.bad }]
      : []),
    ...(tasks > 0 ? [{ text: `tasks wait for ${pluralize(tasks, 'program')}`, colour: paint.warn }] : []),
    ...(tasksForAll > 0 ? [{ text: `${pluralize(tasksForAll, 'task')} for any program`, colour: paint.dim }] : []),
    ...(messages > 0 ? [{ text: `messages wait for ${messages}`, colour: paint.dim }] : []),
  ];
}

const connectionText = ({ unreachableSince }: FleetModel, { localNow }: View): string =>
  unreachableSince === null ? '' : `server away for ${formatDuration(localNow - unreachableSince)}`;

/** Pieces from the left and one text at the right; what has no room is left out from the end. */
function bar(left: readonly Segment[], right: string, width: number, paint: Paint): string {
  const end = right === '' ? '' : ` ${right}`;
  let room = width === Number.POSITIVE_INFINITY ? width : width - displayWidth(end);
  const shown: string[] = [];
  for (const { text, colour } of left) {
    const gap = shown.length === 0 ? 0 : 2;
    const fitting = truncate(text, room - gap);
    if (fitting === '') break;
    shown.push(' '.repeat(gap) + colour(fitting));
    room -= gap + displayWidth(fitting);
  }
  const between = room === Number.POSITIVE_INFINITY ? '  ' : ' '.repeat(Math.max(0, room));
  const away = right.startsWith('server away') ? paint.bad : paint.dim;
  return end === '' ? shown.join('') : `${shown.join('')}${between}${away(end)}`;
}
