/** The hooks of each agent, and the commands that they run. Pure. */

import { type HookClient, toLifecycleEvent } from '../hook/lifecycle-events.ts';
import { bringsMessages } from '../hook/messages-for.ts';
import { shellQuote } from './shell-quote.ts';

/** The command that starts `fleetbeat`: its name, or the paths of Node and of the program. */
export type LaunchCommand = readonly [string, ...string[]];

/** The events that are connected. Others mean the same as one of these, and would only report it twice. */
const HOOKED_EVENTS: Readonly<Record<HookClient, readonly string[]>> = {
  'claude-code': [
    'SessionStart',
    'UserPromptSubmit',
    'PostToolUse',
    'PostToolUseFailure',
    'PermissionRequest',
    'Notification',
    'PreCompact',
    'Stop',
    'StopFailure',
    'SubagentStop',
    'SessionEnd',
  ],
  cursor: ['sessionStart', 'beforeSubmitPrompt', 'postToolUse', 'preCompact', 'stop', 'sessionEnd'],
  gemini: ['SessionStart', 'BeforeAgent', 'AfterTool', 'Notification', 'AfterAgent', 'SessionEnd'],
  codex: [
    'SessionStart',
    'UserPromptSubmit',
    'PostToolUse',
    'PermissionRequest',
    'PreCompact',
    'PostCompact',
    'SubagentStop',
    'Interrupt',
    'Stop',
    'SessionEnd',
  ],
};

/** Seconds that an agent waits for a start at most; the hook itself gives up sooner. */
const START_TIMEOUT_SECONDS = 15;
/** Claude Code gives all hooks of an end together 1.5 seconds unless one of them asks for more. */
const END_TIMEOUT_SECONDS = 10;
/** It runs beside the dialog of its question, for as long as that is open. */
const WATCHED = 'PermissionRequest';
const QUESTION_TIMEOUT_SECONDS = 86_400;
/** The hook itself gives up after one second. */
const MESSAGES_TIMEOUT_SECONDS = 10;

/**
 * The events of Claude Code that it waits for. It kills hooks that still run in the background when `claude -p` ends, and
 * then does not run SessionEnd at all; so what comes shortly before an end must not run in the background.
 */
const AWAITED_BY_CLAUDE = ['SessionStart', WATCHED, 'StopFailure', 'SessionEnd'];

/** The entry of each event, in the form of the agent's file. */
export function buildHooks(
  client: HookClient,
  start: LaunchCommand,
  programId: string | null,
  wake = false,
): Readonly<Record<string, object>> {
  const entries = HOOKED_EVENTS[client].map(
    (event) => [event, buildHookEntry(client, event, start, programId)] as const,
  );
  const all = Object.fromEntries(entries);
  if (!wake || client !== 'claude-code') return all;
  const { hooks } = all['Stop'] as { readonly hooks: readonly object[] };
  return { ...all, Stop: { hooks: [...hooks, buildWaiter(start, programId)] } };
}

/**
 * Claude Code runs it beside itself and begins a turn when it ends with 2. `claude -p` is over when its turn is, and kills what runs beside it,
 * so there the shell ends before Node starts.
 */
const buildWaiter = (start: LaunchCommand, programId: string | null): object => ({
  type: 'command',
  command: `[ "$CLAUDE_CODE_ENTRYPOINT" = sdk-cli ] || exec ${buildHookCommand('claude-code', 'wake', start, programId)}`,
  asyncRewake: true,
  timeout: QUESTION_TIMEOUT_SECONDS,
});

function buildHookEntry(client: HookClient, event: string, start: LaunchCommand, programId: string | null): object {
  const lifecycleEvent = toLifecycleEvent(client, event);
  const isAwaited = lifecycleEvent === 'start' || lifecycleEvent === 'end';
  const plain = buildHookCommand(client, event, start, programId);
  // What brings messages has to be waited for, too. For the rest the shell returns at once.
  const isWaited = isAwaited || bringsMessages(client, event) || client === 'claude-code';
  const command = isWaited ? plain : `${plain} <&0 >/dev/null 2>&1 &`;
  const isTool = lifecycleEvent === 'tool' && event !== 'SubagentStop';
  const others = bringsMessages(client, event) ? MESSAGES_TIMEOUT_SECONDS : undefined;
  const own = { start: START_TIMEOUT_SECONDS, end: END_TIMEOUT_SECONDS }[String(lifecycleEvent)];
  const seconds = event === WATCHED ? QUESTION_TIMEOUT_SECONDS : (own ?? others);
  const timeout = seconds === undefined ? {} : { timeout: seconds };
  switch (client) {
    case 'claude-code': {
      const background = AWAITED_BY_CLAUDE.includes(event) || bringsMessages(client, event) ? timeout : { async: true };
      return { ...(isTool && { matcher: '*' }), hooks: [{ type: 'command', command, ...background }] };
    }
    case 'cursor':
      return { command, ...timeout };
    case 'gemini': {
      // Its timeouts are milliseconds.
      const limit = seconds === undefined ? {} : { timeout: seconds * 1_000 };
      const hooks = [{ name: 'fleetbeat', type: 'command', command, ...limit }];
      return { ...(isTool && { matcher: '*' }), hooks };
    }
    case 'codex':
      return { hooks: [{ type: 'command', command, ...timeout }] };
  }
}

const buildHookCommand = (client: HookClient, event: string, start: LaunchCommand, programId: string | null): string =>
  [...start, 'hook', event, '--client', client, ...(programId === null ? [] : ['--program', programId])]
    .map(shellQuote)
    .join(' ');

/** Whether an entry of an agent's file is one of ours, of any version. */
export const isFleetbeatHook = (entry: unknown): boolean =>
  /fleetbeat(\.js)?['"]? hook \w+ --client /.test((JSON.stringify(entry) ?? '').replaceAll('\\"', '"'));
