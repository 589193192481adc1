import { expect, test } from 'vitest';
import { contract } from '../../platform/contract.ts';
import { type BriefInput, buildBrief } from './brief.ts';
import { estimateTokens, itemSize } from './token-budget.ts';

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

const task = (taskId: string, claimedSession: string | null): BriefInput['tasks'][number] => ({
  taskId,
  title: `Task ${taskId}`,
  target: 'builder',
  priority: 3,
  state: claimedSession === null ? 'created' : 'claimed',
  outcome: null,
  expired: false,
  claimedBy: claimedSession === null ? null : 'builder',
  claimedSession,
  createdBy: null,
  createdAt: new Date(NOW).toISOString(),
  claimedAt: null,
  completedAt: null,
  expiresAt: null,
});
const message = (messageId: string, text: string): BriefInput['messages'][number] => ({
  messageId,
  sender: 'reviewer',
  senderKeyId: 'key',
  to: 'builder',
  kind: 'DIRECTIVE',
  text,
  replyTo: null,
  createdAt: new Date(NOW).toISOString(),
  expiresAt: null,
  recipient: 'builder',
  deliveredAt: null,
  acknowledgedAt: null,
  answeredAt: null,
});
const LONG = 'A long story. '.repeat(1_400);
const previousSession = {
  sessionId: 'builder-session-1',
  name: 'Auth refactor',
  status: 'Runs the tests',
  state: 'complete',
  progress: 75,
  ended: 'killed',
  handoffRequired: false,
  lastHeartbeat: new Date(NOW).toISOString(),
  handover: { lastPrompt: 'Fix auth', lastAnswer: LONG.slice(0, 4_000), lastCommands: [{ command: 'npm test' }] },
} satisfies BriefInput['previousSession'];

/** Whatever is long, the parts that the next run cannot do without are there. */
const flooded = (long: Partial<BriefInput['state']['contextSummary']>, more: Partial<BriefInput> = {}): BriefInput => ({
  ...briefInput({
    contextSummary: {
      lastTask: 'Fix the type error',
      handoffNotes: LONG,
      openQuestions: ['Which formats?', 'By when?'],
      activeWorkItems: ['validation-pr'],
      ...long,
    },
    learnedPatterns: Array.from({ length: 300 }, (_, index) => pattern(`p-${index}`, 0.5)),
  }),
  session,
  previousSession,
  tasks: [task('claimed', session.sessionId), ...Array.from({ length: 49 }, (_, n) => task(`waits-${n}`, null))],
  messages: [message('first', 'Stop: the plan has changed.'), message('second', LONG)],
  ...more,
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

test('what was left out is told part by part: how many, and where the rest is', () => {
  const input = flooded(
    { openQuestions: Array(100).fill(LONG.slice(0, 500)), activeWorkItems: Array(50).fill(LONG.slice(0, 300)) },
    { messages: [message('m', LONG), message('n', LONG)] },
  );
  const brief = buildBrief(input, 1_500, NOW);
  const { contextSummary, learnedPatterns } = brief.state;
  const fromState = 'get_program_state has all of it';
  const left = new Map(brief.leftOut.map(({ part, count, how }) => [part, { count, how }]));
  expect([...left.keys()].sort()).toEqual(
    [
      'messages',
      'text of the last message',
      'contextSummary.openQuestions',
      'previousSession.handover',
      'contextSummary.activeWorkItems',
      'tasks',
      'learnedPatterns',
      'contextSummary.handoffNotes',
      'config',
      'baselines',
    ]
      .filter((part) => left.has(part))
      .sort(),
  );
  expect(left.get('messages')).toEqual({ count: 1, how: 'list_messages has them' });
  const shown = brief.messages[0]?.text.length ?? 0;
  expect(left.get('text of the last message')).toEqual({ count: LONG.length - shown, how: 'list_messages has them' });
  expect(left.get('tasks')).toEqual({ count: 50 - brief.tasks.length, how: 'list_tasks has them' });
  expect(left.get('learnedPatterns')).toEqual({ count: 300 - learnedPatterns.length, how: fromState });
  const notes = LONG.length - (contextSummary.handoffNotes?.length ?? 0);
  expect(left.get('contextSummary.handoffNotes')).toEqual({ count: notes, how: fromState });
  // A text that is there in part counts as left out.
  const whole = (texts: readonly string[], length: number) => texts.filter((text) => text.length === length).length;
  expect(left.get('contextSummary.openQuestions')?.count).toBe(100 - whole(contextSummary.openQuestions, 500));
  expect(left.get('contextSummary.activeWorkItems')?.count).toBe(50 - whole(contextSummary.activeWorkItems, 300));
  const { handover } = brief.previousSession ?? {};
  const cut = itemSize(previousSession.handover) - itemSize(handover ?? null);
  expect(left.get('previousSession.handover')).toEqual({
    count: cut,
    how: 'get_session of the previous session has all of it',
  });
});

test('a last task that is cut says so, and settings that do not fit come not at all', () => {
  const config = { ...state.config, knownQuirks: [LONG.slice(0, 9_000)] };
  const baselines = { ...state.baselines, commonFailureModes: [LONG.slice(0, 9_000)] };
  const lastTask = LONG.slice(0, 2_000);
  const input = flooded({ lastTask });
  const brief = buildBrief({ ...input, state: { ...input.state, config, baselines } }, 1_200, NOW);
  const left = new Map(brief.leftOut.map(({ part, count }) => [part, count]));
  expect(left.get('contextSummary.lastTask')).toBe(2_000 - (brief.state.contextSummary.lastTask?.length ?? 0));
  expect([left.get('config'), left.get('baselines')]).toEqual([1, 1]);
  expect(brief.state).not.toHaveProperty('config');
  expect(brief.state).not.toHaveProperty('baselines');
});

test('settings and baselines that fit are there, and what there is none of is null', () => {
  const nothing = { lastTask: null, handoffNotes: null, openQuestions: [], activeWorkItems: [] };
  const brief = buildBrief(briefInput({ contextSummary: nothing, learnedPatterns: [] }), 20_000, NOW);
  const { version, contextSummaryExpired, config, baselines } = state;
  expect(brief).toMatchObject({ session, previousSession: null, tasks: [], messages: [], leftOut: [] });
  expect(brief.state).toEqual({
    version,
    contextSummary: nothing,
    contextSummaryExpired,
    learnedPatterns: [],
    config,
    baselines,
  });
  const withoutHandover = { ...previousSession, handover: undefined };
  const { handover: _none, ...previous } = previousSession;
  expect(
    buildBrief({ ...briefInput({}), previousSession: withoutHandover as never }, 20_000, NOW).previousSession,
  ).toEqual(previous);
});

test('of two that are equally strong the first by id comes first; what the age limit has passed counts nothing', () => {
  const daysAgo = (days: number) => ({ lastReinforcedAt: new Date(NOW - days * 86_400_000).toISOString() });
  const learnedPatterns = [
    pattern('b', 0.5),
    pattern('a', 0.5),
    pattern('z-long-ago', 1, daysAgo(60)),
    pattern('y-longer-ago', 0.1, daysAgo(90)),
    pattern('weak-and-promoted', 0.1, { promoted: true }),
    pattern('strong-and-promoted', 0.9, { promoted: true }),
    pattern('half', 0.9, daysAgo(15)),
  ];
  const brief = buildBrief(
    briefInput({ learnedPatterns, decay: { ...state.decay, learnedPatternMaxAge: 30 } }),
    5_000,
    NOW,
  );
  expect(brief.state.learnedPatterns.map(({ id }) => id)).toEqual([
    'strong-and-promoted',
    'weak-and-promoted',
    'a',
    'b',
    'half',
    'y-longer-ago',
    'z-long-ago',
  ]);
});

test('the tasks of this session come before those that wait, also where they do not all fit', () => {
  const mine = Array.from({ length: 30 }, (_, n) => task(`mine-${n}`, session.sessionId));
  const others = [task('waits', null), task('of-another', 'another-session')];
  const brief = buildBrief(flooded({}, { tasks: [...others, ...mine] }), 20_000, NOW);
  expect(brief.tasks.map(({ taskId }) => taskId)).toEqual([...mine, ...others].map(({ taskId }) => taskId));
  const small = buildBrief(flooded({}, { tasks: [...others, ...mine] }), 1_000, NOW);
  expect(small.tasks[0]?.taskId).toBe('mine-0');
});
