/** Whether a session is alive, for whoever holds something for as long as it is. */
import type { SessionRow } from './entity.ts';
import { holdsSlot } from './rules.ts';

/** By when it is judged. */
export interface LivenessContext {
  readonly now: number;
  readonly staleAfterMs: number;
}

/** Live by its own word, not succeeded and not silent. */
export const isAlive = (session: SessionRow, { now, staleAfterMs }: LivenessContext): boolean =>
  holdsSlot(session, now, staleAfterMs);
