/**
 * What a booting agent is told, cut to size: the most important first, the same input always cut the same way, and a note
 * of everything that was left out. Pure.
 */
import type { components } from '../../../openapi/generated/types.ts';
import { DAY } from '../../platform/clock.ts';
import { Budget, tokensOf } from './budget.ts';

type Schemas = components['schemas'];
type Pattern = Schemas['LearnedPattern'];

export interface Known {
  readonly session: Schemas['SessionReport'];
  readonly previousSession: Schemas['PreviousSession'];
  readonly state: Schemas['ProgramState'];
  /** What this session has claimed, then what waits. */
  readonly tasks: readonly Schemas['TaskSummary'][];
  readonly messages: readonly Schemas['Message'][];
}

/** Room that is kept for the notes of what was left out. */
const NOTES_TOKENS = 250;
const HOW = {
  state: 'get_program_state has all of it',
  tasks: 'list_tasks has them',
  messages: 'list_messages has them',
};

export function briefOf(
  { session, previousSession, state, tasks, messages }: Known,
  maxTokens: number,
  now: number,
): Schemas['Boot'] {
  const budget = new Budget(Math.max(0, maxTokens - NOTES_TOKENS));
  const leftOut: Schemas['LeftOut'][] = [];
  const note = (part: string, count: number, how = HOW.state): void => {
    if (count > 0) leftOut.push({ part, count, how });
  };
  const text = (part: string, whole: string | null): string | null => {
    if (whole === null) return null;
    const kept = budget.takeText(whole);
    note(part, whole.length - kept.length);
    return kept;
  };
  const list = <Item>(part: string, whole: readonly Item[], how = HOW.state): Item[] => {
    const kept = budget.takeList(whole);
    note(part, whole.length - kept.length, how);
    return kept;
  };
  const empty = { lastTask: null, activeWorkItems: [], handoffNotes: null, openQuestions: [] };
  const { version, contextSummaryExpired } = state;
  // The session itself is never cut.
  budget.take({
    session,
    previousSession,
    state: { version, contextSummary: empty, contextSummaryExpired, learnedPatterns: [] },
  });

  const summary = state.contextSummary;
  const handoffNotes = text('contextSummary.handoffNotes', summary.handoffNotes);
  const openQuestions = list('contextSummary.openQuestions', summary.openQuestions);
  const activeWorkItems = list('contextSummary.activeWorkItems', summary.activeWorkItems);
  const lastTask = text('contextSummary.lastTask', summary.lastTask);
  const openTasks = list('tasks', tasks, HOW.tasks);
  const unread = list('messages', messages, HOW.messages);
  const holding = state.learnedPatterns.filter((pattern) => pattern.status === 'active');
  const fresh = byUse(
    holding.filter((pattern) => !pattern.stale),
    state.decay.learnedPatternMaxAge,
    now,
  );
  const learnedPatterns = list('learnedPatterns', fresh.map(remembered));
  note('learnedPatterns that are stale', holding.length - fresh.length);
  const config = budget.take(state.config) ? { config: state.config } : null;
  note('config', config ? 0 : 1);
  const baselines = budget.take(state.baselines) ? { baselines: state.baselines } : null;
  note('baselines', baselines ? 0 : 1);

  const contextSummary = { lastTask, activeWorkItems, handoffNotes, openQuestions };
  const memory = { version, contextSummary, contextSummaryExpired, learnedPatterns, ...config, ...baselines };
  const boot = { session, previousSession, state: memory, tasks: openTasks, messages: unread, leftOut, tokens: 0 };
  return { ...boot, tokens: tokensOf(boot) };
}

/** Promoted ones first, then by confidence times freshness; freshness falls in a straight line to nothing at the age limit. */
function byUse(patterns: readonly Pattern[], maxAgeDays: number, now: number): Pattern[] {
  const freshness = (pattern: Pattern) =>
    Math.max(0, 1 - (now - Date.parse(pattern.lastReinforcedAt)) / (maxAgeDays * DAY));
  const use = (pattern: Pattern) =>
    pattern.promoted ? 1 + pattern.confidence : pattern.confidence * freshness(pattern);
  return patterns.toSorted((a, b) => use(b) - use(a) || (a.id < b.id ? -1 : 1));
}

const remembered = ({ id, domain, pattern, confidence }: Pattern): Schemas['RememberedPattern'] => ({
  id,
  domain,
  pattern,
  confidence,
});
