/** Our status line in Claude Code's settings, around the person's own. Pure. */
import type { LaunchCommand } from './build-hooks.ts';
import { getObject, setValue } from './edit-json.ts';
import { shellQuote, shellUnquote } from './shell-quote.ts';

const OURS = /fleetbeat(\.js)?['"]? hook statusline --client /;
const OWN = ' --own ';

export const isOwnStatusLine = (command: string): boolean => OURS.test(command);

/** The command that ours runs first; null when there is none. */
export function readOwnCommand(command: string): string | null {
  const at = command.indexOf(OWN);
  return at < 0 ? null : shellUnquote(command.slice(at + OWN.length));
}

/** With ours; what the entry says beside its command stays. Throws `MalformedFileError`. */
export function insertStatusLine(text: string, start: LaunchCommand, programId: string): string {
  const { command } = getObject(text, ['statusLine']);
  const before = typeof command !== 'string' ? null : isOwnStatusLine(command) ? readOwnCommand(command) : command;
  const words = [...start, 'hook', 'statusline', '--client', 'claude-code', '--program', programId];
  const ours = words.map(shellQuote).join(' ') + (before === null ? '' : `${OWN}${shellQuote(before)}`);
  if (command === ours) return text;
  return command === undefined
    ? setValue(text, ['statusLine'], { type: 'command', command: ours })
    : setValue(text, ['statusLine', 'command'], ours);
}

/** Without ours, and with the person's own back. */
export function removeStatusLine(text: string): string {
  const { command } = getObject(text, ['statusLine']);
  if (typeof command !== 'string' || !isOwnStatusLine(command)) return text;
  const before = readOwnCommand(command);
  return before === null
    ? setValue(text, ['statusLine'], undefined)
    : setValue(text, ['statusLine', 'command'], before);
}
