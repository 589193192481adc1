/**
 * The brief: the answer to a boot, cut to a token budget. Every part has a floor, so that a long one never pushes another out; the
 * same input is always cut the same way, and `leftOut` lists everything that was cut. Pure functions.
 */
import type { components } from '../../../openapi/generated/types.ts';
import { DAY } from '../../platform/clock.ts';
import { countCharacters, fitHandover, fitMessages, fitTexts, sizeOfAll, sizeOfFirst } from './fit-parts.ts';
import { BYTES_PER_TOKEN, divide, estimateTokens, fitItems, fitText, itemSize } from './token-budget.ts';

type Schemas = components['schemas'];
type Pattern = Schemas['LearnedPattern'];
type Message = Schemas['Message'];

export interface BriefInput {
  readonly session: Schemas['SessionReport'];
  readonly previousSession: Schemas['PreviousSession'];
  readonly state: Schemas['ProgramState'];
  /** The tasks that this session has claimed, then the pending ones. */
  readonly tasks: readonly Schemas['TaskSummary'][];
  readonly messages: readonly Message[];
}

/** Reserved for `leftOut` at the first attempt. */
const NOTES_TOKENS = 250;
/** Cutting again with what the attempt before has not used costs a millisecond. */
const MAX_ATTEMPTS = 6;
const FETCH_HINTS = {
  state: 'get_program_state has all of it',
  tasks: 'list_tasks has them',
  messages: 'list_messages has them',
  handover: 'get_session of the previous session has all of it',
};

/** At most `maxTokens`, and at least nine tenths of that where there is enough to say. */
export function buildBrief(input: BriefInput, maxTokens: number, now: number): Schemas['Boot'] {
  let budget = Math.max(0, maxTokens - NOTES_TOKENS) * BYTES_PER_TOKEN;
  let best = cutBrief(input, budget, now);
  for (let attempt = 1; attempt < MAX_ATTEMPTS && best.leftOut.length > 0; attempt += 1) {
    const unused = maxTokens - best.tokens;
    if (unused < maxTokens / 50) break;
    budget += unused * BYTES_PER_TOKEN;
    const next = cutBrief(input, budget, now);
    if (next.tokens > maxTokens) break;
    best = next;
  }
  return best;
}

function cutBrief(
  { session, previousSession, state, tasks, messages }: BriefInput,
  bytes: number,
  now: number,
): Schemas['Boot'] {
  const { version, contextSummaryExpired, contextSummary: summary } = state;
  const { handover, ...previous } = previousSession ?? {};
  const base = {
    session,
    previousSession: previousSession && (previous as NonNullable<Schemas['PreviousSession']>),
    state: { version, contextSummary: EMPTY_SUMMARY, contextSummaryExpired, learnedPatterns: [] },
  };
  // The session itself is never cut, so its size is taken off first.
  const free = Math.max(0, bytes - itemSize(base));
  const isOwn = ({ claimedSession }: Schemas['TaskSummary']) => claimedSession === session.sessionId;
  const [claimed, waiting] = [tasks.filter(isOwn), tasks.filter((task) => !isOwn(task))];
  const active = state.learnedPatterns.filter((pattern) => pattern.status === 'active');
  const fresh = rankPatterns(
    active.filter((pattern) => !pattern.stale),
    state.decay.learnedPatternMaxAge,
    now,
  ).map(toRememberedPattern);
  const demand = (value: unknown, share: number, least = 0) => {
    const size = Array.isArray(value) ? value.reduce<number>((sum, item) => sum + itemSize(item), 0) : itemSize(value);
    return { size: value === null || value === undefined ? 0 : size, floor: Math.max(least, Math.floor(free * share)) };
  };
  const demands = {
    claimed: demand(claimed, 0.12, sizeOfFirst(claimed)),
    messages: demand(messages, 0.13, Math.min(sizeOfFirst(messages), LEAST_MESSAGE_BYTES)),
    lastTask: demand(summary.lastTask, 0.1),
    openQuestions: demand(summary.openQuestions, 0.1),
    handoffNotes: demand(summary.handoffNotes, 0.25),
    handover: demand(handover ?? null, 0.1),
    activeWorkItems: demand(summary.activeWorkItems, 0.04),
    waiting: demand(waiting, 0.05),
    learnedPatterns: demand(fresh, 0.08),
    config: demand(state.config, 0.02),
    baselines: demand(state.baselines, 0.01),
  };
  const shares = divide(free, demands, REST_ORDER);

  const leftOut: Schemas['LeftOut'][] = [];
  const recordLeftOut = (part: string, count: number, hint = FETCH_HINTS.state): void => {
    if (count > 0) leftOut.push({ part, count, how: hint });
  };
  // What a part has not used, because its next item is too large, goes to the next part.
  let unused = 0;
  const cut = <Value>(
    bytesOfPart: number,
    shorten: (size: number) => Value,
    sizeOf: (value: Value) => number,
  ): Value => {
    const fitting = shorten(bytesOfPart + unused);
    unused = Math.max(0, bytesOfPart + unused - sizeOf(fitting));
    return fitting;
  };
  const addList = <Item>(part: string, whole: readonly Item[], share: number): Item[] => {
    const fitting = cut(share, (size) => fitItems(whole, size), sizeOfAll);
    recordLeftOut(part, whole.length - fitting.length);
    return fitting;
  };
  const addTexts = (part: string, whole: readonly string[], share: number): string[] => {
    const fitting = cut(share, (size) => fitTexts(whole, size), sizeOfAll);
    recordLeftOut(part, whole.length - fitting.length + (whole[fitting.length - 1] === fitting.at(-1) ? 0 : 1));
    return fitting;
  };
  const addText = (part: string, whole: string | null, share: number): string | null => {
    if (whole === null) return null;
    const fitting = cut(share, (size) => fitText(whole, size), itemSize);
    recordLeftOut(part, whole.length - fitting.length);
    return fitting;
  };
  const addWhole = <Value>(part: string, whole: Value, share: number): Value | null => {
    const fitting = cut(
      share,
      (size) => (itemSize(whole) <= size ? whole : null),
      (value) => (value === null ? 0 : itemSize(value)),
    );
    recordLeftOut(part, fitting === null ? 1 : 0);
    return fitting;
  };

  const claimedTasks = cut(shares.claimed, (size) => fitItems(claimed, size), sizeOfAll);
  const unread = cut(shares.messages, (size) => fitMessages(messages, size), sizeOfAll);
  recordLeftOut('messages', messages.length - unread.length, FETCH_HINTS.messages);
  recordLeftOut(
    'text of the last message',
    countCharacters(messages.slice(0, unread.length)) - countCharacters(unread),
    FETCH_HINTS.messages,
  );
  const lastTask = addText('contextSummary.lastTask', summary.lastTask, shares.lastTask);
  const openQuestions = addTexts('contextSummary.openQuestions', summary.openQuestions, shares.openQuestions);
  const recorded = cut(
    shares.handover,
    (size) => (handover ? fitHandover(handover, size) : null),
    (value) => (value ? itemSize(value) : 0),
  );
  if (handover && itemSize(recorded) < itemSize(handover))
    recordLeftOut('previousSession.handover', itemSize(handover) - itemSize(recorded), FETCH_HINTS.handover);
  const activeWorkItems = addTexts('contextSummary.activeWorkItems', summary.activeWorkItems, shares.activeWorkItems);
  const waitingTasks = cut(shares.waiting, (size) => fitItems(waiting, size), sizeOfAll);
  recordLeftOut('tasks', tasks.length - claimedTasks.length - waitingTasks.length, FETCH_HINTS.tasks);
  const learnedPatterns = addList('learnedPatterns', fresh, shares.learnedPatterns);
  recordLeftOut('learnedPatterns that are stale', active.length - fresh.length);
  const config = addWhole('config', state.config, shares.config);
  const baselines = addWhole('baselines', state.baselines, shares.baselines);
  // The last, because a text can use every byte that the others have left.
  const handoffNotes = addText('contextSummary.handoffNotes', summary.handoffNotes, shares.handoffNotes);

  const contextSummary = { lastTask, activeWorkItems, handoffNotes, openQuestions };
  const memory = {
    version,
    contextSummary,
    contextSummaryExpired,
    learnedPatterns,
    ...(config && { config }),
    ...(baselines && { baselines }),
  };
  const boot = {
    session,
    previousSession: base.previousSession && { ...base.previousSession, ...(recorded && { handover: recorded }) },
    state: memory,
    tasks: [...claimedTasks, ...waitingTasks],
    messages: unread,
    leftOut,
    tokens: 0,
  };
  // With the digits that the number itself may have.
  return { ...boot, tokens: estimateTokens({ ...boot, tokens: 100_000 }) };
}

/** Room for a message with the beginning of its text. */
const LEAST_MESSAGE_BYTES = 500;
/** Who gets what the floors leave. */
const REST_ORDER = [
  'claimed',
  'lastTask',
  'openQuestions',
  'handoffNotes',
  'messages',
  'handover',
  'activeWorkItems',
  'waiting',
  'learnedPatterns',
  'config',
  'baselines',
] as const;

const EMPTY_SUMMARY = { lastTask: null, activeWorkItems: [], handoffNotes: null, openQuestions: [] };
/** Promoted patterns first, then by confidence times freshness. Freshness falls linearly to 0 at the age limit. */
function rankPatterns(patterns: readonly Pattern[], maxAgeDays: number, now: number): Pattern[] {
  const freshness = (pattern: Pattern) =>
    Math.max(0, 1 - (now - Date.parse(pattern.lastReinforcedAt)) / (maxAgeDays * DAY));
  const score = (pattern: Pattern) =>
    pattern.promoted ? 1 + pattern.confidence : pattern.confidence * freshness(pattern);
  return patterns.toSorted((a, b) => score(b) - score(a) || (a.id < b.id ? -1 : 1));
}

const toRememberedPattern = ({ id, domain, pattern, confidence }: Pattern): Schemas['RememberedPattern'] => ({
  id,
  domain,
  pattern,
  confidence,
});
