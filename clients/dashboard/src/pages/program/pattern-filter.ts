/** Filters learned patterns. Pure. */
import type { components } from '@fleetbeat/client';

export type Pattern = components['schemas']['LearnedPattern'];

export const STATUS_FILTERS = ['active', 'fresh', 'stale', 'promoted', 'superseded', 'refuted', 'all'] as const;
export type PatternStatusFilter = (typeof STATUS_FILTERS)[number];

export interface PatternFilter {
  /** Each word must be a prefix of a word in the domain, pattern, evidence or id. */
  readonly text: string;
  readonly status: PatternStatusFilter;
}

const matchesStatus = ({ status, stale, promoted }: Pattern, wanted: PatternStatusFilter): boolean => {
  if (wanted === 'all') return true;
  if (wanted === 'superseded' || wanted === 'refuted') return status === wanted;
  if (status !== 'active') return false;
  return wanted === 'active' || (wanted === 'promoted' ? promoted : wanted === 'stale' ? stale : !stale);
};

/** Ignores case and accents, like the server's search. */
const toWords = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** The patterns that match: promoted first, then by confidence, then the most recently reinforced. */
export function filterPatterns(patterns: readonly Pattern[], { text, status }: PatternFilter): Pattern[] {
  const searchWords = toWords(text);
  const matchesText = ({ id, domain, pattern, evidence }: Pattern): boolean => {
    const patternWords = toWords([id, domain, pattern, evidence ?? ''].join(' '));
    return searchWords.every((word) => patternWords.some((each) => each.startsWith(word)));
  };
  return patterns
    .filter((each) => matchesStatus(each, status) && matchesText(each))
    .sort(
      (a, b) =>
        Number(b.promoted) - Number(a.promoted) ||
        b.confidence - a.confidence ||
        Date.parse(b.lastReinforcedAt) - Date.parse(a.lastReinforcedAt) ||
        (a.id < b.id ? -1 : 1),
    );
}
