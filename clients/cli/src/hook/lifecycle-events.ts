/** Maps the events of each coding agent to one vocabulary. Pure; the names are those of the agents' own documentation. */

/** What happens in a session, whichever agent runs it. */
export type LifecycleEvent =
  | 'start'
  | 'prompt'
  | 'tool'
  | 'ask'
  | 'compact'
  | 'compacted'
  | 'interrupt'
  | 'stop'
  | 'end';

export const CLIENTS = ['claude-code', 'cursor', 'gemini', 'codex'] as const;
export type HookClient = (typeof CLIENTS)[number];

type EventMap = Readonly<Record<string, LifecycleEvent>>;

/** https://code.claude.com/docs/en/hooks */
const CLAUDE: EventMap = {
  SessionStart: 'start',
  UserPromptSubmit: 'prompt',
  PreToolUse: 'tool',
  PostToolUse: 'tool',
  PostToolUseFailure: 'tool',
  SubagentStop: 'tool',
  Notification: 'ask',
  PermissionRequest: 'ask',
  PreCompact: 'compact',
  PostCompact: 'compacted',
  Stop: 'stop',
  StopFailure: 'stop',
  SessionEnd: 'end',
};

/** https://cursor.com/docs/hooks */
const CURSOR: EventMap = {
  sessionStart: 'start',
  beforeSubmitPrompt: 'prompt',
  preToolUse: 'tool',
  postToolUse: 'tool',
  postToolUseFailure: 'tool',
  afterShellExecution: 'tool',
  afterMCPExecution: 'tool',
  afterFileEdit: 'tool',
  subagentStop: 'tool',
  preCompact: 'compact',
  stop: 'stop',
  sessionEnd: 'end',
};

/**
 * https://geminicli.com/docs/hooks/reference. PreCompress is left out: it fires before every request to the model, whether
 * or not anything is compressed.
 */
const GEMINI: EventMap = {
  SessionStart: 'start',
  BeforeAgent: 'prompt',
  BeforeTool: 'tool',
  AfterTool: 'tool',
  Notification: 'ask',
  AfterAgent: 'stop',
  SessionEnd: 'end',
};

/** https://developers.openai.com/codex/hooks; named as Claude Code's events. `agent-turn-complete` is its older `notify`. */
const CODEX: EventMap = { ...CLAUDE, Interrupt: 'interrupt', 'agent-turn-complete': 'stop' };

const EVENTS: Readonly<Record<HookClient, EventMap>> = {
  'claude-code': CLAUDE,
  cursor: CURSOR,
  gemini: GEMINI,
  codex: CODEX,
};

/** The events of an agent that are handled. */
export const eventNames = (client: HookClient): readonly string[] => Object.keys(EVENTS[client]);

/** Null for an event that is not handled. */
export const toLifecycleEvent = (client: HookClient, event: string): LifecycleEvent | null =>
  Object.hasOwn(EVENTS[client], event) ? (EVENTS[client][event] as LifecycleEvent) : null;

/** Guesses the agent from the name of an event, for calls without `--client`. */
export const detectClient = (event: string): HookClient => {
  if (event === 'agent-turn-complete') return 'codex';
  if (/^[a-z]/.test(event)) return 'cursor';
  return Object.hasOwn(CLAUDE, event) || !Object.hasOwn(GEMINI, event) ? 'claude-code' : 'gemini';
};
