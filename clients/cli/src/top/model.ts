/** The fleet as `top` shows it. */
import { compareByNeed, type components, getNeeds, isLive, type Need, type SessionPulse } from '@fleetbeat/client';
import type { Session } from '../session-state.ts';
import type { Activity } from './rows.ts';

type Health = components['schemas']['FleetHealth'];

export class FleetModel {
  readonly #sessions = new Map<string, Session>();
  /** What each program did in the last 24 hours; empty for a key that may not read it. */
  activity: Activity = new Map();
  /** When it was read, in milliseconds of this machine's clock. */
  activityReadAt = 0;
  /** Null for a key that may not read it. */
  health: Health | null = null;
  /** Since when the server has not answered, in milliseconds of this machine's clock; null while it answers. */
  unreachableSince: number | null = null;

  /** Replaces everything. */
  replace(sessions: readonly Session[], health: Health | null): void {
    this.#sessions.clear();
    for (const session of sessions) this.upsert(session);
    this.health = health;
  }

  /** Adds or replaces one session; removes it when it is archived. */
  upsert(session: Session): void {
    if (session.archived) this.#sessions.delete(session.sessionId);
    else this.#sessions.set(session.sessionId, session);
  }

  /** Applies heartbeats that changed nothing else. Returns the ids of sessions that the model does not have. */
  applyPulses(pulses: readonly SessionPulse[]): string[] {
    return pulses.flatMap(({ sessionId, lastHeartbeat, updatedAt }) => {
      const current = this.#sessions.get(sessionId);
      if (!current) return [sessionId];
      this.#sessions.set(sessionId, { ...current, lastHeartbeat, updatedAt, stale: false });
      return [];
    });
  }

  /** What needs a person first. */
  rows(withComplete: boolean): readonly Session[] {
    return [...this.#sessions.values()].filter((session) => withComplete || isLive(session)).sort(compareByNeed);
  }

  /** How many sessions need a person, by their most urgent need, the most urgent first. */
  countNeeds(): readonly (readonly [Need, number])[] {
    const counts = new Map<Need, number>();
    for (const session of this.rows(false)) {
      const [need] = getNeeds(session);
      if (need) counts.set(need, (counts.get(need) ?? 0) + 1);
    }
    return [...counts];
  }
}
