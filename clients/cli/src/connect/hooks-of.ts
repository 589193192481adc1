/** Which hooks an agent is given, and how it calls them. Pure. */
import { type HookClient, momentOf } from '../hook/moments.ts';

/** How `fleetbeat` is started: by its name, or by the paths of Node and of the program. */
export type Start = readonly [string, ...string[]];

/** The events that are connected. Others mean the same as one of these, and would only tell it twice. */
const CONNECTED: Readonly<Record<HookClient, readonly string[]>> = {
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
const START_TIMEOUT = 15;

/** The entry of each event, in the form of the agent's file. */
export function hooksOf(client: HookClient, start: Start, programId: string | null): Readonly<Record<string, object>> {
  return Object.fromEntries(CONNECTED[client].map((event) => [event, entryOf(client, event, start, programId)]));
}

function entryOf(client: HookClient, event: string, start: Start, programId: string | null): object {
  const moment = momentOf(client, event);
  const isAwaited = moment === 'start' || moment === 'end';
  const plain = commandOf(client, event, start, programId);
  // The shell comes back at once and leaves the hook to itself: starting Node alone takes longer than an agent should wait.
  const command = isAwaited || client === 'claude-code' ? plain : `${plain} <&0 >/dev/null 2>&1 &`;
  const isTool = moment === 'tool' && event !== 'SubagentStop';
  const timeout = moment === 'start' ? { timeout: START_TIMEOUT } : {};
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
          { name: 'fleetbeat', type: 'command', command, ...(moment === 'start' && { timeout: START_TIMEOUT * 1000 }) },
        ],
      };
    case 'codex':
      return { hooks: [{ type: 'command', command, ...timeout }] };
  }
}

const commandOf = (client: HookClient, event: string, start: Start, programId: string | null): string =>
  [...start, 'hook', event, '--client', client, ...(programId === null ? [] : ['--program', programId])]
    .map(quoted)
    .join(' ');

/** For a POSIX shell. `${…}` is left to the agent, which fills in its own folders. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./${}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** Whether an entry of an agent's file is one of ours, of whatever version. */
export const isOurs = (entry: unknown): boolean =>
  /fleetbeat(\.js)?['"]? hook \w+ --client /.test((JSON.stringify(entry) ?? '').replaceAll('\\"', '"'));
