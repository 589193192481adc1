/** Which command a command line means. */
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { EXIT, Failure } from './exit.ts';
import { GLOBALS } from './globals.ts';
import { nearest } from './nearest.ts';
import { toFlag } from './parse.ts';

export interface ResolvedCommand {
  /** The words that led to it: `['sessions', 'list']`; none for the program itself. */
  readonly path: readonly string[];
  /** Null for the program itself. */
  readonly command: Command | null;
  /** What is left of the command line. */
  readonly rest: readonly string[];
}

const takesValue = new Set(
  Object.entries(GLOBALS).flatMap(([name, { type }]) => (type === 'text' ? [toFlag(name)] : [])),
);

const asksForHelp = new Set(['--help', '-h']);
const globals = new Set([
  ...asksForHelp,
  ...Object.entries(GLOBALS).flatMap(([name, option]) => [toFlag(name), 'short' in option ? `-${option.short}` : '']),
]);
const isGlobal = (word: string): boolean => globals.has(word.replace(/=.*/s, ''));

/** The first words are the command; options that every command has may stand before them. */
export async function findCommand(args: readonly string[]): Promise<ResolvedCommand> {
  const path: string[] = [];
  const rest: string[] = [];
  let command: Command | null = null;
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at] as string;
    if (command && !command.commands) break;
    // An option of a command that was not named is one of the usual command's.
    if (command?.defaultCommand && word.startsWith('-') && !isGlobal(word)) break;
    if (word.startsWith('-')) {
      rest.push(word);
      if (takesValue.has(word)) rest.push(...args.slice(++at, at + 1));
      continue;
    }
    command = command ? findSubcommand(command, path, word) : await loadCommand(word);
    path.push(word);
  }
  const usual = rest.some((word) => asksForHelp.has(word)) ? undefined : command?.defaultCommand;
  if (command && usual)
    return {
      path: [...path, usual],
      command: findSubcommand(command, path, usual),
      rest: [...rest, ...args.slice(at)],
    };
  return { path, command, rest: [...rest, ...args.slice(at)] };
}

async function loadCommand(word: string): Promise<Command> {
  const load = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (!load) return throwUnknownCommand(word, [], Object.keys(commands));
  return (await load()).command;
}

function findSubcommand({ commands = {} }: Command, path: readonly string[], word: string): Command {
  const found = Object.hasOwn(commands, word) ? commands[word] : undefined;
  return found ?? throwUnknownCommand(word, path, Object.keys(commands));
}

function throwUnknownCommand(word: string, path: readonly string[], names: readonly string[]): never {
  const near = nearest(word, names);
  const before = ['fleetbeat', ...path].join(' ');
  const hint = near ? `Did you mean ${before} ${near}?` : `${before} --help lists the commands`;
  throw new Failure(`There is no command ${before} ${word}`, EXIT.usage, hint);
}
