/** What `top` knows of the fleet. */
import type { components, SessionPulse } from '@fleetbeat/client';
import { compareByNeed, getNeed, isUrgent, type Need, type Session } from '../need.ts';

type Health = components['schemas']['FleetHealth'];

export class FleetModel {
  readonly #sessions = new Map<string, Session>();
  /** Null for a key that may not see it. */
  health: Health | null = null;
  /** Since when the server does not answer, by this machine's clock; null while it does. */
  unreachableSince: number | null = null;

  /** Everything anew. */
  replace(sessions: readonly Session[], health: Health | null): void {
    this.#sessions.clear();
    for (const session of sessions) this.upsert(session);
    this.health = health;
  }

  /** One session as it now is; an archived one is gone. */
  upsert(session: Session): void {
    if (session.archived) this.#sessions.delete(session.sessionId);
    else this.#sessions.set(session.sessionId, session);
  }

  /** Heartbeats that changed nothing else. Returns the ids of sessions that are not known here. */
  applyPulses(pulses: readonly SessionPulse[]): string[] {
    return pulses.flatMap(({ sessionId, lastHeartbeat, updatedAt }) => {
      const known = this.#sessions.get(sessionId);
      if (!known) return [sessionId];
      this.#sessions.set(sessionId, { ...known, lastHeartbeat, updatedAt, stale: false });
      return [];
    });
  }

  /** What needs somebody first. */
  rows(withComplete: boolean): readonly Session[] {
    return [...this.#sessions.values()].filter(({ state }) => withComplete || state !== 'complete').sort(compareByNeed);
  }

  /** How many sessions need somebody, by what they need; the most urgent need first. */
  countUrgent(): readonly (readonly [Need, number])[] {
    const counts = new Map<Need, number>();
    for (const session of this.rows(false)) {
      const need = getNeed(session);
      if (isUrgent(need)) counts.set(need, (counts.get(need) ?? 0) + 1);
    }
    return [...counts];
  }
}
