/** What `top` knows of the fleet. */
import type { components, SessionPulse } from '@fleetbeat/client';
import { byNeed, isUrgent, type Need, needOf, type Session } from '../need.ts';

type Health = components['schemas']['FleetHealth'];

export class Model {
  readonly #sessions = new Map<string, Session>();
  /** Null for a key that may not see it. */
  health: Health | null = null;
  /** Since when the server does not answer, by this machine's clock; null while it does. */
  awaySince: number | null = null;

  /** Everything anew. */
  replace(sessions: readonly Session[], health: Health | null): void {
    this.#sessions.clear();
    for (const session of sessions) this.put(session);
    this.health = health;
  }

  /** One session as it now is; an archived one is gone. */
  put(session: Session): void {
    if (session.archived) this.#sessions.delete(session.sessionId);
    else this.#sessions.set(session.sessionId, session);
  }

  /** Heartbeats that changed nothing else. Returns the ids of sessions that are not known here. */
  beat(pulses: readonly SessionPulse[]): string[] {
    return pulses.flatMap(({ sessionId, lastHeartbeat, updatedAt }) => {
      const known = this.#sessions.get(sessionId);
      if (!known) return [sessionId];
      this.#sessions.set(sessionId, { ...known, lastHeartbeat, updatedAt, stale: false });
      return [];
    });
  }

  /** What needs somebody first. */
  rows(withComplete: boolean): readonly Session[] {
    return [...this.#sessions.values()].filter(({ state }) => withComplete || state !== 'complete').sort(byNeed);
  }

  /** How many sessions need somebody, by what they need; the most urgent need first. */
  urgent(): readonly (readonly [Need, number])[] {
    const counts = new Map<Need, number>();
    for (const session of this.rows(false)) {
      const need = needOf(session);
      if (isUrgent(need)) counts.set(need, (counts.get(need) ?? 0) + 1);
    }
    return [...counts];
  }
}
