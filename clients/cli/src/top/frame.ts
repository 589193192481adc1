/** One picture of the fleet, as lines of text: never more, nor wider ones, than the terminal has room for. */

import { formatDuration } from '@fleetbeat/client';
import { type Paint, PLAIN } from '../paint.ts';
import type { Session } from '../session-state.ts';
import { stateColour } from '../sessions/columns.ts';
import { tableLines } from '../table.ts';
import { displayWidth, oneLine, pluralize, truncate } from '../text.ts';
import { detailLines, KEY_LINES } from './detail.ts';
import type { TopState } from './keys.ts';
import type { FleetModel } from './model.ts';
import type { Question } from './question.ts';
import { type Activity, selectSessions, topColumns } from './rows.ts';

export interface View {
  readonly width: number;
  readonly height: number;
  /** So many rows above are out of sight. */
  readonly scrollOffset: number;
  readonly state: TopState;
  /** The open question of the session under the cursor, once it was read. */
  readonly question: Question | null;
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

/** The rows in order, as the cursor moves over them. */
export const rowsInSight = (model: FleetModel, { withComplete, filter, sort }: TopState): readonly Session[] =>
  selectSessions(model.rows(withComplete), filter, sort);

export function renderFrame(model: FleetModel, view: View): string[] {
  const { width, height, paint, state } = view;
  const all = rowsInSight(model, state);
  const room = visibleRows(height);
  const clock = `${state.paused ? 'paused  ' : ''}${new Date(view.now).toISOString().slice(11, 19)}Z`;
  const title = { text: view.title, colour: paint.dim };
  const head = [
    bar([{ text: 'Fleetbeat', colour: paint.strong }, title], clock, width, paint),
    bar(summary(model, view), connectionText(model, view), width, paint),
    '',
  ];
  const body = bodyLines(all, room, view, model.activity);
  if (height === Number.POSITIVE_INFINITY) return [...head, ...body];
  const first = firstRow(all, room, view);
  const isList = state.mode === 'list' || state.mode === 'filter';
  const seen = isList && all.length > room ? `${first + 1}–${Math.min(all.length, first + room)} of ${all.length}` : '';
  const foot = bar([{ text: footText(state), colour: paint.dim }], seen, width, paint);
  const filling = Array<string>(Math.max(0, room + 1 - body.length)).fill('');
  return [...head, ...body, ...filling, foot].slice(0, height);
}

const firstRow = (all: readonly Session[], room: number, { scrollOffset }: View): number =>
  Math.min(scrollOffset, Math.max(0, all.length - room));

/** The title line and the rows; or, in other modes, as many lines of text as there is room for. */
function bodyLines(all: readonly Session[], room: number, view: View, activity: Activity): string[] {
  const { width, paint, state, question, now } = view;
  if (state.mode === 'keys') return [paint.strong('Keys'), ...KEY_LINES.map((line) => truncate(line, width))];
  const current = all.find(({ sessionId }) => sessionId === state.current);
  if (current && (state.mode === 'detail' || state.mode === 'answer')) {
    const lines = detailLines(current, question, state, { width, paint, now });
    // What is typed stands at the end: it stays in sight.
    return state.mode === 'answer' ? lines.slice(-(room + 1)) : lines.slice(0, room + 1);
  }
  if (all.length === 0) {
    const empty = 'No live sessions. One starts with: fleetbeat sessions create "Its name"';
    return [truncate(paint.dim(state.filter === '' ? empty : `Nothing contains: ${state.filter}`), width)];
  }
  const first = firstRow(all, room, view);
  const columns = topColumns(all, () => now, activity);
  const table = tableLines(columns, all, { paint, width });
  const plain = tableLines(columns, all, { paint: PLAIN, width });
  const rows = table
    .slice(1, 1 + all.length)
    .map((line, index) => (all[index] === current ? paint.marked(plain[1 + index] ?? '') : line));
  return [table[0] ?? '', ...rows.slice(first, first + room)];
}

function footText({ mode, filter, withComplete, sort, notice }: TopState): string {
  if (mode === 'filter') return `/${filter}█  Enter keep  Esc all`;
  if (mode === 'answer') return 'Enter send  Esc back';
  if (mode === 'detail') return 'Esc back  a answer  j k next';
  if (mode === 'keys') return 'any key: back';
  if (notice !== '') return oneLine(notice);
  const filtered = filter === '' ? '' : `  /${filter}`;
  const sorted = sort === 'need' ? '' : `  by ${sort}`;
  return `q quit  ? keys  Enter open  a answer  / filter  c ${withComplete ? 'hide' : 'show'} complete${sorted}${filtered}`;
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
