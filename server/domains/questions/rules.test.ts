import { describe, expect, test } from 'vitest';
import { DAY, SECOND } from '../../platform/clock.ts';
import {
  applyAnswer,
  closeQuestion,
  effectiveQuestion,
  effectiveState,
  newQuestion,
  type QuestionAsk,
  requireOpen,
  sessionAfterClosing,
} from './rules.ts';

const NOW = 1_800_000_000_000;
const OWNER = { accountId: 'main', questionId: 'q-1', sessionId: 's-1', programId: 'builder' };
const BEFORE = { previousState: 'working', previousStatus: 'Refactoring' } as const;
const ask = (more: Partial<QuestionAsk> = {}) => newQuestion(OWNER, { title: 'Deploy?', ...more }, BEFORE, NOW);
const LIVE = { state: 'blocked', archived: false, successor: null } as const;
const kind = (of: string) => expect.objectContaining({ kind: of });
const refusal = (detail: RegExp) => expect.objectContaining({ detail: expect.stringMatching(detail) });

describe('a new question', () => {
  test('takes free text for a day, and has no options', () => {
    expect(ask()).toEqual({
      ...OWNER,
      ...BEFORE,
      kind: 'question',
      title: 'Deploy?',
      details: [],
      options: [],
      freeText: true,
      state: 'open',
      answerOption: null,
      answerText: null,
      answeredBy: null,
      createdAt: NOW,
      expiresAt: NOW + DAY,
      closedAt: null,
    });
  });

  test('has what was asked for; a permission offers to allow and to deny', () => {
    const details = [{ label: 'Command', value: 'rm -r dist' }];
    expect(ask({ details, options: ['yes', 'no'], freeText: false, ttlSeconds: 60 })).toMatchObject({
      details,
      options: ['yes', 'no'],
      freeText: false,
      expiresAt: NOW + 60 * SECOND,
    });
    expect(ask({ kind: 'permission' }).options).toEqual(['allow', 'deny']);
    expect(ask({ kind: 'permission', options: ['once'] }).options).toEqual(['once']);
  });

  test('can be answered in some way, and repeats no option', () => {
    expect(() => ask({ freeText: false })).toThrow(refusal(/options: must hold at least one option/));
    expect(() => ask({ options: ['a', 'a'] })).toThrow(refusal(/options: must not repeat an option/));
  });
});

describe('the state of a question', () => {
  test('is open until it expires', () => {
    expect(effectiveState(ask(), LIVE, NOW + DAY - 1)).toBe('open');
    expect(effectiveState(ask(), LIVE, NOW + DAY)).toBe('expired');
  });

  test.each([
    ['is gone', null],
    ['is complete', { ...LIVE, state: 'complete' as const }],
    ['is archived', { ...LIVE, archived: true }],
    ['was taken over', { ...LIVE, successor: 's-2' }],
  ])('is withdrawn when its session %s, also after its time', (_what, session) => {
    expect(effectiveState(ask(), session, NOW)).toBe('withdrawn');
    expect(effectiveState(ask(), session, NOW + DAY)).toBe('withdrawn');
  });

  test('that was stored stays', () => {
    const answered = applyAnswer(ask(), { text: 'Yes' }, 'desk', NOW);
    expect(effectiveState(answered, null, NOW + DAY)).toBe('answered');
    expect(effectiveQuestion(answered, null, NOW + DAY)).toBe(answered);
  });

  test('that follows from time or session has a moment: now, and never after its expiry', () => {
    const open = ask();
    expect(effectiveQuestion(open, LIVE, NOW)).toBe(open);
    expect(effectiveQuestion(open, null, NOW + 5)).toEqual({ ...open, state: 'withdrawn', closedAt: NOW + 5 });
    expect(effectiveQuestion(open, LIVE, NOW + 2 * DAY)).toEqual({ ...open, state: 'expired', closedAt: NOW + DAY });
  });
});

describe('an answer', () => {
  const format = (ms: number) => `+${ms - NOW}`;

  test('closes the question with who gave it', () => {
    const question = ask({ options: ['yes', 'no'] });
    expect(applyAnswer(question, { option: 'yes' }, 'desk', NOW + 1)).toEqual({
      ...question,
      state: 'answered',
      answerOption: 'yes',
      answerText: null,
      answeredBy: 'desk',
      closedAt: NOW + 1,
    });
    expect(applyAnswer(question, { text: 'Later' }, 'desk', NOW)).toMatchObject({
      answerOption: null,
      answerText: 'Later',
    });
  });

  test('is one of the options, and one of them is needed where free text will not do', () => {
    const question = ask({ options: ['yes', 'no'], freeText: false });
    expect(() => applyAnswer(question, { option: 'maybe' }, 'desk', NOW)).toThrow(
      refusal(/option: must be one of 'yes', 'no'/),
    );
    expect(() => applyAnswer(ask(), { option: 'yes' }, 'desk', NOW)).toThrow(
      refusal(/must be one of no options: send text/),
    );
    expect(() => applyAnswer(question, { text: 'Yes' }, 'desk', NOW)).toThrow(refusal(/option: is needed/));
  });

  test('comes to an open question only', () => {
    const open = ask();
    requireOpen(open, format);
    const answered = applyAnswer(open, { text: 'Yes' }, 'desk', NOW + 3);
    expect(() => requireOpen(answered, format)).toThrow(
      expect.objectContaining({
        kind: 'question-answered',
        detail: "Question 'q-1' was answered by 'desk' at +3.",
        extensions: { answeredBy: 'desk', answeredAt: '+3' },
      }),
    );
    for (const state of ['withdrawn', 'expired'] as const) {
      const closed = closeQuestion(open, state, NOW + 4);
      expect(closed).toEqual({ ...open, state, closedAt: NOW + 4 });
      expect(() => requireOpen(closed, format)).toThrow(kind('question-closed'));
    }
    expect(() => requireOpen(closeQuestion(open, 'expired', NOW), format)).toThrow(refusal(/has expired/));
    expect(() => requireOpen(closeQuestion(open, 'withdrawn', NOW), format)).toThrow(refusal(/was withdrawn/));
  });
});

describe('the session after its question was closed', () => {
  const closed = closeQuestion(ask(), 'withdrawn', NOW);
  const asking = { state: 'blocked', status: 'Deploy?' } as const;

  test('is what it was before', () => {
    expect(sessionAfterClosing(asking, closed, null)).toEqual({ state: 'working', status: 'Refactoring' });
  });

  test('shows the newest question that is open, and stays blocked', () => {
    expect(sessionAfterClosing(asking, closed, { ...ask(), title: 'And now?' })).toEqual({
      state: 'blocked',
      status: 'And now?',
    });
    expect(sessionAfterClosing(asking, closed, ask())).toBeNull();
  });

  test('keeps what the agent has written since', () => {
    expect(sessionAfterClosing({ state: 'blocked', status: 'On it' }, closed, null)).toEqual({
      state: 'working',
      status: 'On it',
    });
    expect(sessionAfterClosing({ state: 'pinned', status: 'Deploy?' }, closed, null)).toEqual({
      state: 'pinned',
      status: 'Refactoring',
    });
    expect(sessionAfterClosing({ state: 'pinned', status: 'On it' }, closed, null)).toBeNull();
    expect(sessionAfterClosing({ state: 'blocked', status: 'On it' }, closed, ask())).toBeNull();
  });
});
