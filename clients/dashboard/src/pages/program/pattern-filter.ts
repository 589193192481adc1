/** Which learned patterns a reader sees. Pure. */
import type { components } from '@fleetbeat/client';

export type Pattern = components['schemas']['LearnedPattern'];

export const STATUSES = ['active', 'fresh', 'stale', 'promoted', 'superseded', 'refuted', 'all'] as const;
export type Status = (typeof STATUSES)[number];

export interface PatternChoice {
  /** Each word of it begins a word of the domain, the pattern, the evidence or the id. */
  readonly text: string;
  readonly status: Status;
}

const isOf = ({ status, stale, promoted }: Pattern, wanted: Status): boolean => {
  if (wanted === 'all') return true;
  if (wanted === 'superseded' || wanted === 'refuted') return status === wanted;
  if (status !== 'active') return false;
  return wanted === 'active' || (wanted === 'promoted' ? promoted : wanted === 'stale' ? stale : !stale);
};

/** As the server searches: case and accents do not count. */
const words = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** The patterns of a choice: promoted ones first, then the surest, then the most recently reinforced. */
export function patternsOf(patterns: readonly Pattern[], { text, status }: PatternChoice): Pattern[] {
  const asked = words(text);
  const says = ({ id, domain, pattern, evidence }: Pattern): boolean => {
    const said = words([id, domain, pattern, evidence ?? ''].join(' '));
    return asked.every((word) => said.some((each) => each.startsWith(word)));
  };
  return patterns
    .filter((each) => isOf(each, status) && says(each))
    .sort(
      (a, b) =>
        Number(b.promoted) - Number(a.promoted) ||
        b.confidence - a.confidence ||
        Date.parse(b.lastReinforcedAt) - Date.parse(a.lastReinforcedAt) ||
        (a.id < b.id ? -1 : 1),
    );
}
