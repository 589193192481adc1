/** Which sessions are live. Pure. */
import type { Schemas } from '../contract-types.js';

type Session = Schemas['Session'];

/** By state, so that a new state does not compile until it is decided here. */
const IS_LIVE: Readonly<Record<Session['state'], boolean>> = {
  blocked: true,
  working: true,
  pinned: true,
  complete: false,
};

/** The states of a session that has not ended. */
export const LIVE_STATES = /* @__PURE__ */ (Object.keys(IS_LIVE) as Session['state'][]).filter(
  (state) => IS_LIVE[state],
);

/** Whether a session has not ended: by its own word, however long it has been silent. */
export const isLive = ({ state, archived, successor }: Pick<Session, 'state' | 'archived' | 'successor'>): boolean =>
  IS_LIVE[state] && !archived && successor === null;
