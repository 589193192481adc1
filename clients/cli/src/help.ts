/** The help texts, from the table of commands. */
import type { Command } from './command.ts';
import type { Argument, Option, Options } from './command-line.ts';
import { commands } from './commands.ts';
import { GLOBALS } from './globals.ts';
import { toFlag } from './parse.ts';
import { wrap } from './text.ts';

/** `<taskId> [outcome]` */
export const formatArgument = ({ name, optional }: Argument): string => (optional ? `[${name}]` : `<${name}>`);

/** `-n, --limit <count>` */
export function formatOption(name: string, option: Option): string {
  const value = option.type === 'flag' ? '' : ` <${option.value}>`;
  return `${option.short ? `-${option.short}, ` : ''}${toFlag(name)}${value}`;
}

export function describeOption(option: Option): string {
  const notes = [
    option.type === 'text' && option.choices ? `one of ${option.choices.join(', ')}` : '',
    option.type === 'text' && option.multiple ? 'may be repeated' : '',
    option.type !== 'flag' && option.required ? 'required' : '',
  ].filter(Boolean);
  return [option.summary, ...notes].join('; ');
}

/** The line that shows how a command is called. */
export function formatUsage(
  path: readonly string[],
  { arguments: words = [], options = {}, commands: below }: Command,
): string {
  const required = Object.entries(options).flatMap(([name, option]) =>
    option.type !== 'flag' && option.required ? [`${toFlag(name)} <${option.value}>`] : [],
  );
  const isOpen = Object.keys(options).length > required.length;
  const more = below ? ['<command>'] : [...words.map(formatArgument), ...required, ...(isOpen ? ['[options]'] : [])];
  return ['fleetbeat', ...path, ...more].join(' ');
}

export function formatHelp(path: readonly string[], command: Command): string {
  const { summary, description, arguments: words = [], options = {}, commands: below, examples = [] } = command;
  return joinSections(
    [`${summary}.`, ...(description ? ['', ...wrap(description, screenWidth())] : [])],
    ['Usage', `  ${formatUsage(path, command)}`],
    formatSection(
      'Commands',
      Object.entries(below ?? {}).map(([word, each]) => [word, each.summary]),
    ),
    formatSection(
      'Arguments',
      words.map((each) => [formatArgument(each), describeArgument(each)]),
    ),
    formatSection('Options', optionRows(options)),
    formatSection('Every command', optionRows(GLOBALS)),
    examples.length > 0 ? ['Examples', ...examples.flatMap(([line, purpose]) => [`  # ${purpose}`, `  ${line}`])] : [],
  );
}

/** Loads every command for its summary: only the help of the whole program does. */
export async function formatProgramHelp(): Promise<string> {
  const loaded = await Promise.all(
    Object.entries(commands).map(
      async ([word, load]): Promise<[string, string]> => [word, (await load()).command.summary],
    ),
  );
  return joinSections(
    ['Fleetbeat: which agents run, and what they remember.'],
    ['Usage', '  fleetbeat <command> [options]'],
    ...groupCommands(loaded).map(([title, rows]) => formatSection(title, rows)),
    formatSection('Every command', optionRows(GLOBALS)),
    ['fleetbeat <command> --help tells more about one.'],
  );
}

/** What a person is about to do, and the commands for it, in the order of use. */
const GROUPS: readonly (readonly [title: string, words: readonly string[]])[] = [
  ['Start', ['serve', 'login', 'logout', 'connect', 'doctor']],
  ['Watch and answer', ['top', 'watch', 'status', 'questions', 'answer', 'sessions', 'programs']],
  ['Work and messages', ['tasks', 'send', 'inbox']],
  ['Memory', ['state', 'export', 'import']],
  ['Administration', ['keys', 'accounts', 'audit']],
];

/** Commands that no group names stand in the last one. */
function groupCommands(all: readonly [string, string][]): [string, readonly [string, string][]][] {
  const grouped = new Set(GROUPS.flatMap(([, words]) => words));
  const pick = (words: readonly string[]) => words.flatMap((word) => all.filter(([each]) => each === word));
  return [
    ...GROUPS.map(([title, words]): [string, [string, string][]] => [title, pick(words)]),
    ['More', all.filter(([word]) => !grouped.has(word))],
  ];
}

export const describeArgument = ({ summary, choices }: Argument): string =>
  choices ? `${summary}; one of ${choices.join(', ')}` : summary;

const optionRows = (options: Options): [string, string][] =>
  Object.entries(options).map(([name, option]) => [formatOption(name, option), describeOption(option)]);

function formatSection(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([left]) => left.length));
  const room = Math.max(MIN_TEXT_WIDTH, screenWidth() - width - 4);
  return [
    title,
    ...rows.flatMap(([left, right]) =>
      wrap(right, room).map((line, index) => `  ${(index === 0 ? left : '').padEnd(width)}  ${line}`),
    ),
  ];
}

/** Below this, columns side by side read worse than lines that the terminal breaks. */
const MIN_TEXT_WIDTH = 24;

/** Elsewhere than in a terminal nothing is wrapped: a script may read it. */
const screenWidth = (): number => (process.stdout.isTTY ? (process.stdout.columns ?? 80) : Number.POSITIVE_INFINITY);

const joinSections = (...all: readonly string[][]): string =>
  all
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
