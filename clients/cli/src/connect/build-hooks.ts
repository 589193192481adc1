/** Which hooks an agent is given, and how it calls them. Pure. */
import { type HookClient, toLifecycleEvent } from '../hook/lifecycle-events.ts';

/** How `fleetbeat` is started: by its name, or by the paths of Node and of the program. */
export type LaunchCommand = readonly [string, ...string[]];

/** The events that are connected. Others mean the same as one of these, and would only tell it twice. */
const HOOKED_EVENTS: Readonly<Record<HookClient, readonly string[]>> = {
  'claude-code': [
    'SessionStart',
    'UserPromptSubmit',
    'PreToolUse',
    'PostToolUse',
    'Notification',
    'PreCompact',
    'Stop',
    'SubagentStop',
    'SessionEnd',
  ],
  cursor: ['sessionStart', 'beforeSubmitPrompt', 'postToolUse', 'preCompact', 'stop', 'sessionEnd'],
  gemini: ['SessionStart', 'BeforeAgent', 'AfterTool', 'Notification', 'PreCompress', 'AfterAgent', 'SessionEnd'],
  codex: ['SessionStart', 'UserPromptSubmit', 'PostToolUse', 'PermissionRequest', 'PreCompact', 'Stop'],
};

/** Seconds that an agent waits for a start at most; the hook itself waits for less. */
const START_TIMEOUT_SECONDS = 15;

/** The entry of each event, in the form of the agent's file. */
export function buildHooks(
  client: HookClient,
  start: LaunchCommand,
  programId: string | null,
): Readonly<Record<string, object>> {
  return Object.fromEntries(
    HOOKED_EVENTS[client].map((event) => [event, buildHookEntry(client, event, start, programId)]),
  );
}

function buildHookEntry(client: HookClient, event: string, start: LaunchCommand, programId: string | null): object {
  const lifecycleEvent = toLifecycleEvent(client, event);
  const isAwaited = lifecycleEvent === 'start' || lifecycleEvent === 'end';
  const plain = buildHookCommand(client, event, start, programId);
  // The shell comes back at once and leaves the hook to itself: starting Node alone takes longer than an agent should wait.
  const command = isAwaited || client === 'claude-code' ? plain : `${plain} <&0 >/dev/null 2>&1 &`;
  const isTool = lifecycleEvent === 'tool' && event !== 'SubagentStop';
  const timeout = lifecycleEvent === 'start' ? { timeout: START_TIMEOUT_SECONDS } : {};
  switch (client) {
    case 'claude-code':
      return {
        ...(isTool && { matcher: '*' }),
        hooks: [{ type: 'command', command, ...(isAwaited ? timeout : { async: true }) }],
      };
    case 'cursor':
      return { command, ...timeout };
    case 'gemini':
      // Its timeouts are milliseconds.
      return {
        ...(isTool && { matcher: '*' }),
        hooks: [
          {
            name: 'fleetbeat',
            type: 'command',
            command,
            ...(lifecycleEvent === 'start' && { timeout: START_TIMEOUT_SECONDS * 1000 }),
          },
        ],
      };
    case 'codex':
      return { hooks: [{ type: 'command', command, ...timeout }] };
  }
}

const buildHookCommand = (client: HookClient, event: string, start: LaunchCommand, programId: string | null): string =>
  [...start, 'hook', event, '--client', client, ...(programId === null ? [] : ['--program', programId])]
    .map(shellQuote)
    .join(' ');

/** For a POSIX shell. `${…}` is left to the agent, which fills in its own folders. */
const shellQuote = (word: string): string =>
  /^[\w@%+=:,./${}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** Whether an entry of an agent's file is one of ours, of whatever version. */
export const isFleetbeatHook = (entry: unknown): boolean =>
  /fleetbeat(\.js)?['"]? hook \w+ --client /.test((JSON.stringify(entry) ?? '').replaceAll('\\"', '"'));
