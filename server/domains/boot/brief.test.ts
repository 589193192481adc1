import { expect, test } from 'vitest';
import {
  briefInput,
  flooded,
  LONG,
  message,
  NOW,
  pattern,
  previousSession,
} from '../../../test/support/brief-input.ts';
import { type BriefInput, buildBrief } from './brief.ts';
import { estimateTokens } from './token-budget.ts';

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

test.each([1_000, 2_000, 5_000, 20_000])(
  'of %i tokens every part has its floor, and nine tenths are used',
  (maxTokens) => {
    const brief = buildBrief(flooded({}), maxTokens, NOW);
    expect(brief.tokens).toBeLessThanOrEqual(maxTokens);
    expect(Math.abs(brief.tokens - estimateTokens(brief))).toBeLessThanOrEqual(2);
    expect(brief.tokens).toBeGreaterThanOrEqual(maxTokens * 0.9);
    expect(brief.tasks[0]?.taskId).toBe('claimed');
    expect(brief.messages[0]?.text).toMatch(/^Stop/);
    expect(brief.state.contextSummary).toMatchObject({ lastTask: expect.stringMatching(/^Fix/) });
    expect(brief.state.contextSummary.openQuestions[0]).toMatch(/^Which/);
    expect(brief.state.contextSummary.handoffNotes?.length).toBeGreaterThan(50);
    expect(brief.leftOut.length).toBeGreaterThan(0);
  },
);

test('with room for it, short parts are whole and the handover says what the predecessor did', () => {
  const brief = buildBrief(flooded({}), 2_000, NOW);
  expect(brief.state.contextSummary).toMatchObject({
    lastTask: 'Fix the type error',
    openQuestions: ['Which formats?', 'By when?'],
    activeWorkItems: ['validation-pr'],
  });
  expect(brief.previousSession).toMatchObject({
    ended: 'killed',
    status: 'Runs the tests',
    handover: { lastPrompt: 'Fix auth', lastCommands: [{ command: 'npm test' }] },
  });
  expect(brief.leftOut.map(({ part }) => part)).toContain('previousSession.handover');
});

test.each<readonly [string, BriefInput]>([
  ['questions', flooded({ openQuestions: Array(100).fill(LONG.slice(0, 500)), handoffNotes: 'Notes of the last run' })],
  ['last tasks', flooded({ lastTask: LONG.slice(0, 2_000), handoffNotes: 'Notes of the last run' })],
  [
    'messages',
    flooded({ handoffNotes: 'Notes of the last run' }, { messages: [message('m', LONG), message('n', LONG)] }),
  ],
  [
    'a handover',
    flooded(
      { handoffNotes: 'Notes of the last run' },
      { previousSession: { ...previousSession, handover: { lastPrompt: LONG.slice(0, 4_000) } } },
    ),
  ],
])('long %s push nothing out', (_what, input) => {
  const brief = buildBrief(input, 2_000, NOW);
  expect(brief.tokens).toBeLessThanOrEqual(2_000);
  expect(brief.tokens).toBeGreaterThanOrEqual(1_800);
  expect(brief.tasks[0]?.taskId).toBe('claimed');
  expect(brief.messages[0]?.text.length).toBeGreaterThan(20);
  expect(brief.state.contextSummary.lastTask?.length).toBeGreaterThan(10);
  expect(brief.state.contextSummary.openQuestions.length).toBeGreaterThan(0);
  expect(brief.state.contextSummary.handoffNotes).toBe('Notes of the last run');
  expect(brief.previousSession?.handover?.lastPrompt?.length).toBeGreaterThan(5);
});

test('what fits is whole, and nothing is left out', () => {
  const input = flooded({ handoffNotes: 'Short' }, { messages: [message('m', 'Hello')] });
  const brief = buildBrief(input, 100_000, NOW);
  expect(brief).toMatchObject({ previousSession, tasks: input.tasks, messages: input.messages, leftOut: [] });
  expect(brief.state.learnedPatterns).toHaveLength(300);
});

test('the same memory is always cut the same way', () => {
  const learnedPatterns = Array.from({ length: 300 }, (_, index) => pattern(`p-${index}`, (index % 7) / 7));
  const cut = (patterns: typeof learnedPatterns) => buildBrief(briefInput({ learnedPatterns: patterns }), 1_500, NOW);
  expect(cut(learnedPatterns.toReversed())).toEqual(cut(learnedPatterns));
});
