import { formatAge } from '../ages.ts';
import type { Paint } from '../paint.ts';
import { describeState, type Session, type SessionState } from '../session-state.ts';
import type { Column } from '../table.ts';

/** A session as a row. `now` is by the server's clock. */
export const sessionColumns = (now: () => number): readonly Column<Session>[] => [
  { title: 'SESSION', text: ({ sessionId }) => sessionId, minWidth: 12 },
  { title: 'PROGRAM', text: ({ programId }) => programId, minWidth: 8, dropOrder: 2 },
  {
    title: 'STATE',
    text: describeState,
    colour: (session, paint) => stateColour(describeState(session), paint),
  },
  { title: 'HEARTBEAT', text: ({ lastHeartbeat }) => formatAge(lastHeartbeat, now()), align: 'right' },
  { title: 'PROGRESS', text: ({ progress }) => percent(progress), align: 'right', dropOrder: 3 },
  { title: 'CTX', text: ({ contextUsedPercent }) => percent(contextUsedPercent ?? null), align: 'right', dropOrder: 4 },
  { title: 'NAME', text: ({ name }) => name, minWidth: 10, dropOrder: 1 },
  { title: 'STATUS', text: ({ status }) => status, minWidth: 16 },
];

export function stateColour(state: SessionState, paint: Paint): (text: string) => string {
  if (state === 'blocked' || state === 'stuck') return paint.bad;
  if (state === 'stale' || state === 'handoff') return paint.warn;
  return state === 'working' ? paint.good : paint.dim;
}

/** Rounded down, so that 100% means done. */
export const percent = (value: number | null): string => (value === null ? '' : `${Math.floor(value)}%`);
