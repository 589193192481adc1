/** The rows of `top`: which sessions, in which order, and what their columns say. Pure. */
import { mergePeriods, revealHidden } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import { describeState, type Session } from '../session-state.ts';
import { percent, stateColour } from '../sessions/columns.ts';
import type { Column } from '../table.ts';

export const SORT_ORDERS = ['need', 'name', 'heartbeat', 'context'] as const;
export type SortOrder = (typeof SORT_ORDERS)[number];

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const COMPARATORS: Readonly<Record<Exclude<SortOrder, 'need'>, (a: Session, b: Session) => number>> = {
  name: (a, b) => compareText(a.programId ?? a.sessionId, b.programId ?? b.sessionId),
  heartbeat: (a, b) => Date.parse(a.lastHeartbeat) - Date.parse(b.lastHeartbeat),
  context: (a, b) => (b.contextUsedPercent ?? -1) - (a.contextUsedPercent ?? -1),
};

/** Those that contain every word of the filter. `sessions` are in the order of need. */
export function selectSessions(sessions: readonly Session[], filter: string, sort: SortOrder): readonly Session[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = sessions.filter((session) => {
    const { sessionId, programId, name, status, projectName } = session;
    const text = [sessionId, programId, name, status, projectName, describeState(session)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return sort === 'need' ? found : found.toSorted(COMPARATORS[sort]);
}

/** What a program did, by program: one letter for each quarter of an hour of the last 24. */
export type Activity = ReadonlyMap<string, string>;

/** Two hours. */
const QUARTERS_PER_SPARK = 8;
const SPARKS: Readonly<Record<string, string>> = { a: '█', w: '▆', s: '▃', i: '▁', '-': '·', '?': ' ' };

/** A bar for each two hours, the higher the more telling: asked, worked, silent, idle; a dot without a session. */
export const drawSparks = (periods: string): string =>
  [...mergePeriods(periods, QUARTERS_PER_SPARK)].map((letter) => SPARKS[letter] ?? ' ').join('');

/** A question has the width: the columns before it are as narrow as their content. */
export function topColumns(
  rows: readonly Session[],
  now: () => number,
  activity: Activity,
): readonly Column<Session>[] {
  const counts = new Map<string | null, number>();
  for (const { programId } of rows) counts.set(programId, (counts.get(programId) ?? 0) + 1);
  // The session is of interest only where the program alone does not tell which one it is.
  const getAgent = ({ programId, sessionId }: Session) =>
    programId !== null && counts.get(programId) === 1 ? programId : sessionId;
  return [
    { title: 'AGENT', text: getAgent, minWidth: 12 },
    {
      title: 'STATE',
      text: describeState,
      colour: (session, paint) => stateColour(describeState(session), paint),
    },
    { title: 'HEARTBEAT', text: ({ lastHeartbeat }) => formatAge(lastHeartbeat, now()), align: 'right', dropOrder: 1 },
    { title: 'PROGRESS', text: ({ progress }) => percent(progress), align: 'right', dropOrder: 3 },
    {
      title: 'CONTEXT',
      text: ({ contextUsedPercent }) => percent(contextUsedPercent ?? null),
      align: 'right',
      dropOrder: 2,
    },
    ...(activity.size === 0
      ? []
      : [
          {
            title: 'LAST 24 H',
            text: ({ programId }: Session) => drawSparks(activity.get(programId ?? '') ?? ''),
            dropOrder: 4,
          },
        ]),
    { title: 'DOING', text: ({ status, name }) => revealHidden(status || name), minWidth: 24 },
  ];
}
