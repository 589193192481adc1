/** Parses a command line. Throws a `Failure` that explains the fix for anything wrong in it. */
import { parseArgs } from 'node:util';
import type { Argument, Arguments, Option, Options, ParsedOptions } from './command-line.ts';
import { EXIT, Failure } from './exit.ts';
import { GLOBALS } from './globals.ts';
import { nearest } from './nearest.ts';

export type Globals = Partial<ParsedOptions<typeof GLOBALS>>;

export interface ParsedCommandLine {
  readonly arguments: Readonly<Record<string, string>>;
  /** The command's own options; those not given are absent. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly globals: Globals;
}

interface CommandSyntax {
  readonly arguments?: Arguments;
  readonly options?: Options;
}

/** `maxTokens` on a command line. */
export const toFlag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const throwUsage = (message: string, hint = ''): never => {
  throw new Failure(message, EXIT.usage, hint);
};

/** Options may stand before and after the arguments; after `--` everything is an argument. */
export function parse(command: CommandSyntax, args: readonly string[]): ParsedCommandLine {
  const options: Options = { ...command.options, ...GLOBALS };
  const names = new Map(Object.keys(options).map((name) => [toFlag(name).slice(2), name]));
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
    const name = names.get(token.name) ?? throwUnknownOption(token.rawName, [...names.keys()]);
    const option = options[name] as Option;
    const isNext = !token.inlineValue && token.value?.startsWith('--');
    const value = parseValue(option, token.rawName, isNext ? undefined : token.value);
    if (name in GLOBALS) globals[name] = value;
    else if (option.type === 'text' && option.multiple) given[name] = [...((given[name] as unknown[]) ?? []), value];
    else given[name] = value;
  }
  if (globals['help'] || globals['version']) return { arguments: {}, options: {}, globals };
  for (const [name, option] of Object.entries(options)) {
    if (option.type === 'text' && option.multiple) given[name] ??= [];
    else if (option.type !== 'flag' && option.required && !(name in given))
      throwUsage(`${toFlag(name)} is missing: ${option.summary}`);
  }
  return { arguments: parseArguments(command.arguments ?? [], positionals), options: given, globals };
}

function throwUnknownOption(raw: string, words: readonly string[]): never {
  const near = nearest(raw.replace(/^-+/, ''), words);
  return throwUsage(`There is no option ${raw}`, near && `Did you mean --${near}?`);
}

function parseValue(option: Option, raw: string, text: string | undefined): unknown {
  if (option.type === 'flag') return text === undefined ? true : throwUsage(`${raw} takes no value`);
  if (text === undefined) return throwUsage(`${raw} needs a value: ${option.summary}`);
  if (option.type === 'text') return parseChoice(text, raw, option.choices);
  if (option.type === 'duration')
    return parseSeconds(text) ?? throwUsage(`${raw} must be 90s, 15m, 2h or the like; it is '${text}'`);
  const { integer, min = -Infinity, max = Infinity } = option;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const fits = Number.isFinite(number) && number >= min && number <= max && (!integer || Number.isSafeInteger(number));
  const bounds = [min > -Infinity && `at least ${min}`, max < Infinity && `at most ${max}`].filter(Boolean);
  const right = [`a${integer ? ' whole' : ''} number`, bounds.join(' and ')].filter(Boolean).join(', ');
  return fits ? number : throwUsage(`${raw} must be ${right}; it is '${text}'`);
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

function parseSeconds(text: string): number | null {
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return unit === undefined ? null : Number(count) * (SECONDS[unit] ?? 0);
}

function parseChoice(text: string, raw: string, choices: readonly string[] | undefined): string {
  if (!choices || choices.includes(text)) return text;
  const near = nearest(text, choices);
  return throwUsage(`${raw} must be one of ${choices.join(', ')}; it is '${text}'`, near && `Did you mean ${near}?`);
}

function parseArguments(expected: readonly Argument[], words: readonly string[]): Record<string, string> {
  const missing = expected.find(({ optional }, at) => !optional && words[at] === undefined);
  if (missing) throwUsage(`<${missing.name}> is missing: ${missing.summary}`);
  if (words.length > expected.length)
    throwUsage(`'${words[expected.length]}' is one word too many`, 'Put text between quotes');
  return Object.fromEntries(
    expected.flatMap(({ name, choices }, at) => {
      const word = words[at];
      return word === undefined ? [] : [[name, parseChoice(word, `<${name}>`, choices)]];
    }),
  );
}
