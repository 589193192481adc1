import type { components } from '../../../openapi/generated/types.ts';
import type { Transaction } from '../../platform/database/store.ts';
import type { SessionRow } from './entity.ts';
import { asChanged } from './rules.ts';
import { saveSession } from './save-session.ts';

/**
 * Sets state and status of a locked session on behalf of the server. It is no sign of life of the agent: `updatedAt` and
 * the heartbeat stay, so a session that was silent stays silent.
 */
export const setSessionStatus = (
  transaction: Transaction,
  session: SessionRow,
  change: Pick<SessionRow, 'state' | 'status'>,
  now: number,
): Promise<void> => saveSession(transaction, session, withStatus(session, change, now), now);

/** The session with another state and status, which the server sets; the agent has not been heard. */
const withStatus = (session: SessionRow, change: Pick<SessionRow, 'state' | 'status'>, now: number): SessionRow => ({
  ...session,
  ...change,
  ...asChanged(session, now),
});

/** The status of a session whose agent has gone on by itself as often as it may. */
export const formatTurnLimit = ({ turns, waitingMessages }: components['schemas']['TurnLimit']): string =>
  `Stopped after ${turns} turns without a person; messages that wait: ${waitingMessages}`;
