/** The help texts, from the table of commands. */
import type { Argument, Command, Option, Options } from './command.ts';
import { commands } from './commands.ts';
import { GLOBALS } from './globals.ts';
import { dashed } from './parse.ts';

/** `<taskId> [outcome]` */
export const argumentWord = ({ name, optional }: Argument): string => (optional ? `[${name}]` : `<${name}>`);

/** `-n, --limit <count>` */
export function optionWords(name: string, option: Option): string {
  const value = option.type === 'flag' ? '' : ` <${option.value}>`;
  return `${option.short ? `-${option.short}, ` : ''}${dashed(name)}${value}`;
}

export function optionText(option: Option): string {
  const notes = [
    option.type === 'text' && option.choices ? `one of ${option.choices.join(', ')}` : '',
    option.type === 'text' && option.many ? 'may be repeated' : '',
    option.type !== 'flag' && option.required ? 'required' : '',
  ].filter(Boolean);
  return [option.summary, ...notes].join('; ');
}

/** The line that shows how a command is called. */
export function usageOf(
  path: readonly string[],
  { arguments: words = [], options = {}, commands: below }: Command,
): string {
  const required = Object.entries(options).flatMap(([name, option]) =>
    option.type !== 'flag' && option.required ? [`${dashed(name)} <${option.value}>`] : [],
  );
  const isOpen = Object.keys(options).length > required.length;
  const more = below ? ['<command>'] : [...words.map(argumentWord), ...required, ...(isOpen ? ['[options]'] : [])];
  return ['fleetbeat', ...path, ...more].join(' ');
}

export function helpOf(path: readonly string[], command: Command): string {
  const { summary, description, arguments: words = [], options = {}, commands: below, examples = [] } = command;
  return sections(
    [`${summary}.`, ...(description ? ['', description] : [])],
    ['Usage', `  ${usageOf(path, command)}`],
    titled(
      'Commands',
      Object.entries(below ?? {}).map(([word, each]) => [word, each.summary]),
    ),
    titled(
      'Arguments',
      words.map((each) => [argumentWord(each), argumentText(each)]),
    ),
    titled('Options', rowsOf(options)),
    titled('Every command', rowsOf(GLOBALS)),
    examples.length > 0 ? ['Examples', ...examples.flatMap(([line, purpose]) => [`  # ${purpose}`, `  ${line}`])] : [],
  );
}

/** Loads every command for its summary: only the help of the whole program does. */
export async function helpOfAll(): Promise<string> {
  const loaded = await Promise.all(
    Object.entries(commands).map(
      async ([word, load]): Promise<[string, string]> => [word, (await load()).command.summary],
    ),
  );
  return sections(
    ['Fleetbeat: which agents run, and what they remember.'],
    ['Usage', '  fleetbeat <command> [options]'],
    titled('Commands', loaded),
    titled('Every command', rowsOf(GLOBALS)),
    ['fleetbeat <command> --help tells more about one.'],
  );
}

export const argumentText = ({ summary, choices }: Argument): string =>
  choices ? `${summary}; one of ${choices.join(', ')}` : summary;

const rowsOf = (options: Options): [string, string][] =>
  Object.entries(options).map(([name, option]) => [optionWords(name, option), optionText(option)]);

function titled(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([left]) => left.length));
  return [title, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)];
}

const sections = (...all: readonly string[][]): string =>
  all
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
