import { ageText } from '../ages.ts';
import { colourOf, needOf, type Session } from '../need.ts';
import type { Column } from '../table.ts';

/** A session as a row. `now` is by the server's clock. */
export const sessionColumns = (now: () => number): readonly Column<Session>[] => [
  { title: 'SESSION', text: ({ sessionId }) => sessionId, least: 12 },
  { title: 'PROGRAM', text: ({ programId }) => programId, least: 8, leaves: 2 },
  {
    title: 'STATE',
    text: needOf,
    colour: (session, paint) => colourOf(needOf(session), paint),
  },
  { title: 'BEAT', text: ({ lastHeartbeat }) => ageText(lastHeartbeat, now()), align: 'right' },
  { title: 'DONE', text: ({ progress }) => percent(progress), align: 'right', leaves: 3 },
  { title: 'CTX', text: ({ contextUsedPercent }) => percent(contextUsedPercent ?? null), align: 'right', leaves: 4 },
  { title: 'NAME', text: ({ name }) => name, least: 10, leaves: 1 },
  { title: 'STATUS', text: ({ status }) => status, least: 16 },
];

/** Rounded down: what is not done is not told to be. */
export const percent = (value: number | null): string => (value === null ? '' : `${Math.floor(value)}%`);
