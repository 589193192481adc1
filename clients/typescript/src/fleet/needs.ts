/** What a session needs of a person, and which session comes first: one rule for every view of a fleet. Pure. */
import type { Schemas } from '../contract-types.js';
import { isLive } from './live.js';

/**
 * The most urgent first. A blocked agent does nothing until a person answers. A stuck one spends money without progress.
 * One that asks for a handoff still works, and loses its context if nobody starts a successor. A silent one may have died;
 * it loses nothing by waiting, and may come back by itself.
 */
const NEEDS = ['blocked', 'stuck', 'handoff', 'stale'] as const;
export type Need = (typeof NEEDS)[number];

/** The fields that decide. */
export type NeedFacts = Pick<
  Schemas['Session'],
  | 'sessionId'
  | 'programId'
  | 'state'
  | 'archived'
  | 'successor'
  | 'handoffRequired'
  | 'stuck'
  | 'stale'
  | 'lastProgressAt'
>;

/**
 * What a session needs, the most urgent first; empty when it needs nobody. A blocked agent that has fallen silent still
 * waits for its answer, so it needs both. An advised handoff is the agent's own matter: it is told with each heartbeat.
 */
export function getNeeds(session: NeedFacts): readonly Need[] {
  if (!isLive(session)) return [];
  const { state, stale, handoffRequired } = session;
  const has: Readonly<Record<Need, boolean>> = {
    blocked: state === 'blocked',
    // Silence and waiting for a successor both explain why there is no progress.
    stuck: session.stuck && !stale && !handoffRequired,
    handoff: handoffRequired,
    stale,
  };
  return NEEDS.filter((need) => has[need]);
}

/** The place of the most urgent of some needs, 0 for the first; no needs come last. */
export const rankNeeds = ([first]: readonly Need[]): number => (first ? NEEDS.indexOf(first) : NEEDS.length);

const { compare } = /* @__PURE__ */ new Intl.Collator('en', { numeric: true });

/**
 * Orders sessions: the most urgent need first, and of the same need the one that has not progressed for the longest.
 * Sessions that need nobody are in the order of their ids, so that rows do not move while agents work.
 */
export function compareByNeed(one: NeedFacts, other: NeedFacts): number {
  const needs = getNeeds(one);
  const waiting = needs.length > 0 ? Date.parse(one.lastProgressAt) - Date.parse(other.lastProgressAt) : 0;
  return (
    rankNeeds(needs) - rankNeeds(getNeeds(other)) ||
    waiting ||
    compare(one.programId ?? '', other.programId ?? '') ||
    compare(one.sessionId, other.sessionId)
  );
}
