/** What a boot leaves out and says so, and in which order the rest comes. */
import { expect, test } from 'vitest';
import {
  briefInput,
  flooded,
  LONG,
  message,
  NOW,
  pattern,
  previousSession,
  session,
  state,
  task,
} from '../../../test/support/brief-input.ts';
import { buildBrief } from './brief.ts';
import { itemSize } from './token-budget.ts';

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
