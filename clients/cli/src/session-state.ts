/** A session's state in one word. */
import { type components, getNeeds, type Need } from '@fleetbeat/client';

export type Session = components['schemas']['Session'];
export type SessionState = Need | Session['state'] | 'idle' | 'archived';

/** The most urgent thing that the session needs of a person, or else whether it is idle, or else its declared state. */
export const describeState = (session: Session): SessionState =>
  session.archived ? 'archived' : (getNeeds(session)[0] ?? (session.idle ? 'idle' : session.state));
