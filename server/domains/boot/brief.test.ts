import { expect, test } from 'vitest';
import { contract } from '../../platform/contract.ts';
import { type BriefInput, buildBrief } from './brief.ts';
import { estimateTokens } from './token-budget.ts';

const NOW = Date.parse('2026-02-24T11:00:00.000Z');
const example = (name: string): unknown => {
  const { components } = contract as unknown as { components: { examples: Record<string, { value: unknown }> } };
  return components.examples[name]?.value;
};
const state = example('state') as BriefInput['state'];
const session = example('report') as BriefInput['session'];
const pattern = (id: string, confidence: number, more: object = {}) => ({
  ...(state.learnedPatterns[0] as BriefInput['state']['learnedPatterns'][number]),
  id,
  confidence,
  lastReinforcedAt: new Date(NOW).toISOString(),
  ...more,
});
const briefInput = (change: Partial<BriefInput['state']>): BriefInput => ({
  session,
  previousSession: null,
  state: { ...state, ...change },
  tasks: [],
  messages: [],
});

test('patterns come by confidence times freshness, promoted ones before all, and only those that hold and are fresh', () => {
  const daysAgo = (days: number) => ({ lastReinforcedAt: new Date(NOW - days * 86_400_000).toISOString() });
  const learnedPatterns = [
    pattern('old-and-sure', 0.9, daysAgo(27)),
    pattern('fresh', 0.5),
    pattern('promoted', 0.2, { promoted: true, ...daysAgo(300) }),
    pattern('refuted', 1, { status: 'refuted' }),
    pattern('superseded', 1, { status: 'superseded' }),
    pattern('stale', 1, { stale: true }),
  ];
  const brief = buildBrief(briefInput({ learnedPatterns }), 2_000, NOW);
  expect(brief.state.learnedPatterns.map(({ id }) => id)).toEqual(['promoted', 'fresh', 'old-and-sure']);
  expect(brief.leftOut).toEqual([
    { part: 'learnedPatterns that are stale', count: 1, how: 'get_program_state has all of it' },
  ]);
});

test.each([1_000, 2_000, 20_000])('the answer stays within %i tokens, whatever is remembered', (maxTokens) => {
  const long = 'Ä'.repeat(20_000);
  const contextSummary = {
    lastTask: long.slice(0, 2_000),
    handoffNotes: long,
    openQuestions: Array(100).fill(long.slice(0, 500)),
    activeWorkItems: [],
  };
  const learnedPatterns = Array.from({ length: 1_000 }, (_, index) => pattern(`p-${index}`, 0.5));
  const brief = buildBrief(briefInput({ contextSummary, learnedPatterns }), maxTokens, NOW);
  expect(estimateTokens(brief)).toBeLessThanOrEqual(maxTokens);
  expect(brief.leftOut.map(({ part }) => part)).toContain('learnedPatterns');
  expect(brief.state.contextSummary.handoffNotes?.length).toBeGreaterThan(0);
});

test('the same memory is always cut the same way', () => {
  const learnedPatterns = Array.from({ length: 300 }, (_, index) => pattern(`p-${index}`, (index % 7) / 7));
  const cut = (patterns: typeof learnedPatterns) => buildBrief(briefInput({ learnedPatterns: patterns }), 1_500, NOW);
  expect(cut(learnedPatterns.toReversed())).toEqual(cut(learnedPatterns));
});
