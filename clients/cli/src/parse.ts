/** The command line as what a command is given. Everything that is wrong is a `Failure` that says what would be right. */
import { parseArgs } from 'node:util';
import type { Argument, Command, Given, Option, Options } from './command.ts';
import { EXIT, Failure } from './exit.ts';
import { GLOBALS } from './globals.ts';
import { nearest } from './nearest.ts';

export type Globals = Partial<Given<typeof GLOBALS>>;

export interface Parsed {
  readonly arguments: Readonly<Record<string, string>>;
  /** The command's own; what was not given is not there. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly globals: Globals;
}

/** `maxTokens` on a command line. */
export const dashed = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const wrong = (message: string, hint = ''): never => {
  throw new Failure(message, EXIT.usage, hint);
};

/** Options may stand before and after the words; behind `--` everything is a word. */
export function parse(command: Command, args: readonly string[]): Parsed {
  const options: Options = { ...command.options, ...GLOBALS };
  const names = new Map(Object.keys(options).map((name) => [dashed(name).slice(2), name]));
  const config = Object.fromEntries(
    [...names].map(([word, name]) => {
      const { type, short } = options[name] as Option;
      return [word, { type: type === 'flag' ? 'boolean' : 'string', ...(short && { short }) } as const];
    }),
  );
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: config,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given: Record<string, unknown> = {};
  const globals: Record<string, unknown> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const name = names.get(token.name) ?? unknown(token.rawName, [...names.keys()]);
    const option = options[name] as Option;
    const isNext = !token.inlineValue && token.value?.startsWith('--');
    const value = readValue(option, token.rawName, isNext ? undefined : token.value);
    if (name in GLOBALS) globals[name] = value;
    else if (option.type === 'text' && option.many) given[name] = [...((given[name] as unknown[]) ?? []), value];
    else given[name] = value;
  }
  if (globals['help'] || globals['version']) return { arguments: {}, options: {}, globals };
  for (const [name, option] of Object.entries(options)) {
    if (option.type === 'text' && option.many) given[name] ??= [];
    else if (option.type !== 'flag' && option.required && !(name in given))
      wrong(`${dashed(name)} is missing: ${option.summary}`);
  }
  return { arguments: named(command.arguments ?? [], positionals), options: given, globals };
}

function unknown(raw: string, words: readonly string[]): never {
  const near = nearest(raw.replace(/^-+/, ''), words);
  return wrong(`There is no option ${raw}`, near && `Did you mean --${near}?`);
}

function readValue(option: Option, raw: string, text: string | undefined): unknown {
  if (option.type === 'flag') return text === undefined ? true : wrong(`${raw} takes no value`);
  if (text === undefined) return wrong(`${raw} needs a value: ${option.summary}`);
  if (option.type === 'text') return chosen(text, raw, option.choices);
  if (option.type === 'duration')
    return seconds(text) ?? wrong(`${raw} must be 90s, 15m, 2h or the like; it is '${text}'`);
  const { whole, least = -Infinity, most = Infinity } = option;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const fits = Number.isFinite(number) && number >= least && number <= most && (!whole || Number.isSafeInteger(number));
  const bounds = [least > -Infinity && `at least ${least}`, most < Infinity && `at most ${most}`].filter(Boolean);
  const right = [`a${whole ? ' whole' : ''} number`, bounds.join(' and ')].filter(Boolean).join(', ');
  return fits ? number : wrong(`${raw} must be ${right}; it is '${text}'`);
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

function seconds(text: string): number | null {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return unit === undefined ? null : Number(count) * (SECONDS[unit] ?? 0);
}

function chosen(text: string, raw: string, choices: readonly string[] | undefined): string {
  if (!choices || choices.includes(text)) return text;
  const near = nearest(text, choices);
  return wrong(`${raw} must be one of ${choices.join(', ')}; it is '${text}'`, near && `Did you mean ${near}?`);
}

function named(expected: readonly Argument[], words: readonly string[]): Record<string, string> {
  const missing = expected.find(({ optional }, at) => !optional && words[at] === undefined);
  if (missing) wrong(`<${missing.name}> is missing: ${missing.summary}`);
  if (words.length > expected.length)
    wrong(`'${words[expected.length]}' is one word too many`, 'Put text between quotes');
  return Object.fromEntries(
    expected.flatMap(({ name, choices }, at) => {
      const word = words[at];
      return word === undefined ? [] : [[name, chosen(word, `<${name}>`, choices)]];
    }),
  );
}
