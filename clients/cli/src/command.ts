/** What a command is: data from which parsing, help, completion and the documentation are derived, and one function. */
import type { Call } from './call.ts';
import type { ExitCode } from './exit.ts';

interface OptionBase {
  /** One line, without a full stop. */
  readonly summary: string;
  readonly short?: string;
}

/** An option. Its name in the table is camelCase; on the command line `maxTokens` is `--max-tokens`. */
export type Option =
  | (OptionBase & { readonly type: 'flag' })
  | (OptionBase & {
      readonly type: 'text';
      /** Stands for the value in the help. */
      readonly value: string;
      readonly choices?: readonly string[];
      readonly required?: true;
      /** May be given more than once; then it is a list. */
      readonly multiple?: true;
    })
  | (OptionBase & {
      /** Typed as `90s`, `15m`, `2h` or `7d`; whole seconds in the call. */
      readonly type: 'duration';
      readonly value: string;
      readonly required?: true;
    })
  | (OptionBase & {
      readonly type: 'number';
      readonly value: string;
      /** No fractions. */
      readonly integer?: true;
      readonly min?: number;
      readonly max?: number;
      readonly required?: true;
    });

/** A word without a name. Those that may be left out come last. */
export interface Argument {
  readonly name: string;
  readonly summary: string;
  readonly optional?: true;
  readonly choices?: readonly string[];
}

export type Options = Readonly<Record<string, Option>>;
export type Arguments = readonly Argument[];

type OptionValue<O extends Option> = O extends { type: 'flag' }
  ? true
  : O extends { type: 'number' | 'duration' }
    ? number
    : O extends { choices: readonly (infer Choice)[] }
      ? Choice
      : string;

type AlwaysPresent = { required: true } | { multiple: true };

/** What the options are in a call: lists and required ones are always there, the others only when they were given. */
export type ParsedOptions<O extends Options> = {
  readonly [Name in keyof O as O[Name] extends AlwaysPresent ? Name : never]: O[Name] extends { multiple: true }
    ? readonly OptionValue<O[Name]>[]
    : OptionValue<O[Name]>;
} & { readonly [Name in keyof O as O[Name] extends AlwaysPresent ? never : Name]?: OptionValue<O[Name]> };

type ArgumentValue<A extends Argument> = A extends { choices: readonly (infer Choice)[] } ? Choice : string;

/** The words by name. */
export type ParsedArguments<A extends Arguments> = {
  readonly [Arg in A[number] as Arg extends { optional: true } ? never : Arg['name']]: ArgumentValue<Arg>;
} & { readonly [Arg in A[number] as Arg extends { optional: true } ? Arg['name'] : never]?: ArgumentValue<Arg> };

interface CommandDocs {
  /** One line, without a full stop: what it does. */
  readonly summary: string;
  /** More of it, where one line does not do. */
  readonly description?: string;
  /** Command lines as they are typed, and what each is for. */
  readonly examples?: readonly (readonly [line: string, purpose: string])[];
}

/** With nothing it has ended well. */
// biome-ignore lint/suspicious/noConfusingVoidType: most commands are async functions without a return
type CommandResult = ExitCode | void;

interface Action<A extends Arguments, O extends Options> extends CommandDocs {
  readonly arguments?: A;
  readonly options?: O;
  /** Does it. A `Failure` or a `FleetbeatError` that it throws is told to the person and becomes the exit code. */
  readonly run: (call: Call<ParsedArguments<A>, ParsedOptions<O>>) => Promise<CommandResult>;
}

/** A command that does something, or a group of commands, as the table and everything derived from it see it. */
export interface Command extends CommandDocs {
  readonly arguments?: Arguments;
  readonly options?: Options;
  readonly run?: (call: Call) => Promise<CommandResult>;
  readonly commands?: Readonly<Record<string, Command>>;
  /** Which of the commands below is meant when none is named. */
  readonly defaultCommand?: string;
}

/** A command, with its arguments and options typed by how they are described. */
export const defineCommand = <const A extends Arguments = [], const O extends Options = Record<never, never>>(
  command: Action<A, O>,
): Command => command as unknown as Command;

/** A word with commands below it, such as `sessions`. */
export const defineGroup = <const Word extends string>(
  group: CommandDocs & { readonly commands: Readonly<Record<Word, Command>>; readonly defaultCommand?: NoInfer<Word> },
): Command => group;
