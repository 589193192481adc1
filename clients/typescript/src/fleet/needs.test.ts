import { expect, test } from 'vitest';
import { isLive, LIVE_STATES } from './live.ts';
import { compareByNeed, getNeeds, type NeedFacts, rankNeeds } from './needs.ts';

const at = (time: string) => `2026-03-01T${time}:00.000Z`;

const buildSession = (facts: Partial<NeedFacts> = {}): NeedFacts => ({
  sessionId: 'one',
  programId: 'builder',
  state: 'working',
  archived: false,
  successor: null,
  handoffRequired: false,
  stuck: false,
  stale: false,
  lastProgressAt: at('10:00'),
  ...facts,
});

test('every state but complete is live', () => {
  expect([...LIVE_STATES].sort()).toEqual(['blocked', 'pinned', 'working']);
  for (const state of LIVE_STATES) expect(isLive(buildSession({ state }))).toBe(true);
});

test('a session that makes progress needs nobody, an advised handoff included', () => {
  expect(getNeeds(buildSession())).toEqual([]);
  expect(getNeeds(buildSession({ state: 'pinned' }))).toEqual([]);
  expect(getNeeds({ ...buildSession(), handoffAdvised: true } as NeedFacts)).toEqual([]);
});

test.each<[Partial<NeedFacts>, string[]]>([
  [{ state: 'blocked' }, ['blocked']],
  [{ stuck: true }, ['stuck']],
  [{ handoffRequired: true }, ['handoff']],
  [{ stale: true }, ['stale']],
  [{ state: 'pinned', stale: true }, ['stale']],
  // A silent agent still waits for its answer.
  [{ state: 'blocked', stale: true }, ['blocked', 'stale']],
  [{ state: 'blocked', handoffRequired: true, stale: true }, ['blocked', 'handoff', 'stale']],
  // Silence and a wait for a successor explain why there is no progress.
  [{ stuck: true, stale: true }, ['stale']],
  [{ stuck: true, handoffRequired: true }, ['handoff']],
])('%o needs %o', (facts, needs) => {
  expect(getNeeds(buildSession(facts))).toEqual(needs);
});

test.each([{ archived: true }, { state: 'complete' as const }, { successor: 'builder-2' }])(
  'a session that has ended needs nobody: %o',
  (ended) => {
    expect(getNeeds(buildSession({ state: 'blocked', stale: true, handoffRequired: true, ...ended }))).toEqual([]);
  },
);

test('blocked sessions come first, then stuck, handoff and stale; of one need the longest without progress', () => {
  const sessions = [
    buildSession({ sessionId: 'silent', stale: true, lastProgressAt: at('08:00') }),
    buildSession({ sessionId: 'fine-10' }),
    buildSession({ sessionId: 'fine-9', lastProgressAt: at('11:00') }),
    buildSession({ sessionId: 'hands-over', handoffRequired: true }),
    buildSession({ sessionId: 'stuck', stuck: true }),
    buildSession({ sessionId: 'asks-late', state: 'blocked', lastProgressAt: at('09:30') }),
    buildSession({ sessionId: 'asks-early', state: 'blocked', stale: true, lastProgressAt: at('09:00') }),
  ];
  expect(sessions.sort(compareByNeed).map(({ sessionId }) => sessionId)).toEqual([
    'asks-early',
    'asks-late',
    'stuck',
    'hands-over',
    'silent',
    'fine-9',
    'fine-10',
  ]);
  expect([rankNeeds(['blocked', 'stale']), rankNeeds(['stale']), rankNeeds([])]).toEqual([0, 3, 4]);
});
