/**
 * The brief: the answer to a boot, cut to a token budget. The most important parts come first, the same input is always cut
 * the same way, and `leftOut` lists everything that was cut. Pure functions.
 */
import type { components } from '../../../openapi/generated/types.ts';
import { DAY } from '../../platform/clock.ts';
import { estimateTokens, TokenBudget } from './token-budget.ts';

type Schemas = components['schemas'];
type Pattern = Schemas['LearnedPattern'];

export interface BriefInput {
  readonly session: Schemas['SessionReport'];
  readonly previousSession: Schemas['PreviousSession'];
  readonly state: Schemas['ProgramState'];
  /** The tasks that this session has claimed, then the pending ones. */
  readonly tasks: readonly Schemas['TaskSummary'][];
  readonly messages: readonly Schemas['Message'][];
}

/** Reserved for `leftOut`. */
const NOTES_TOKENS = 250;
const FETCH_HINTS = {
  state: 'get_program_state has all of it',
  tasks: 'list_tasks has them',
  messages: 'list_messages has them',
};

export function buildBrief(
  { session, previousSession, state, tasks, messages }: BriefInput,
  maxTokens: number,
  now: number,
): Schemas['Boot'] {
  const budget = new TokenBudget(Math.max(0, maxTokens - NOTES_TOKENS));
  const leftOut: Schemas['LeftOut'][] = [];
  const recordLeftOut = (part: string, count: number, how = FETCH_HINTS.state): void => {
    if (count > 0) leftOut.push({ part, count, how });
  };
  const addText = (part: string, whole: string | null): string | null => {
    if (whole === null) return null;
    const fitting = budget.fitText(whole);
    recordLeftOut(part, whole.length - fitting.length);
    return fitting;
  };
  const addList = <Item>(part: string, whole: readonly Item[], how = FETCH_HINTS.state): Item[] => {
    const fitting = budget.fitItems(whole);
    recordLeftOut(part, whole.length - fitting.length, how);
    return fitting;
  };
  const empty = { lastTask: null, activeWorkItems: [], handoffNotes: null, openQuestions: [] };
  const { version, contextSummaryExpired } = state;
  // The session itself is never cut, so its size is taken off first.
  budget.tryReserve({
    session,
    previousSession,
    state: { version, contextSummary: empty, contextSummaryExpired, learnedPatterns: [] },
  });

  const summary = state.contextSummary;
  const handoffNotes = addText('contextSummary.handoffNotes', summary.handoffNotes);
  const openQuestions = addList('contextSummary.openQuestions', summary.openQuestions);
  const activeWorkItems = addList('contextSummary.activeWorkItems', summary.activeWorkItems);
  const lastTask = addText('contextSummary.lastTask', summary.lastTask);
  const openTasks = addList('tasks', tasks, FETCH_HINTS.tasks);
  const unread = addList('messages', messages, FETCH_HINTS.messages);
  const active = state.learnedPatterns.filter((pattern) => pattern.status === 'active');
  const fresh = rankPatterns(
    active.filter((pattern) => !pattern.stale),
    state.decay.learnedPatternMaxAge,
    now,
  );
  const learnedPatterns = addList('learnedPatterns', fresh.map(toRememberedPattern));
  recordLeftOut('learnedPatterns that are stale', active.length - fresh.length);
  const config = budget.tryReserve(state.config) ? { config: state.config } : null;
  recordLeftOut('config', config ? 0 : 1);
  const baselines = budget.tryReserve(state.baselines) ? { baselines: state.baselines } : null;
  recordLeftOut('baselines', baselines ? 0 : 1);

  const contextSummary = { lastTask, activeWorkItems, handoffNotes, openQuestions };
  const memory = { version, contextSummary, contextSummaryExpired, learnedPatterns, ...config, ...baselines };
  const boot = { session, previousSession, state: memory, tasks: openTasks, messages: unread, leftOut, tokens: 0 };
  return { ...boot, tokens: estimateTokens(boot) };
}

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
