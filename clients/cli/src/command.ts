/** What a command is: data from which parsing, help, completion and the documentation are derived, and one function. */
import type { Call } from './call.ts';
import type { Arguments, Options, ParsedArguments, ParsedOptions } from './command-line.ts';
import type { ExitCode } from './exit.ts';

interface CommandDocs {
  /** One line, without a full stop: what it does. */
  readonly summary: string;
  /** Further sentences, where one line is not enough. */
  readonly description?: string;
  /** Command lines as they are typed, and what each is for. */
  readonly examples?: readonly (readonly [line: string, purpose: string])[];
}

/** Undefined is success. */
// biome-ignore lint/suspicious/noConfusingVoidType: most commands are async functions without a return
type CommandResult = ExitCode | void;

interface Action<A extends Arguments, O extends Options> extends CommandDocs {
  readonly arguments?: A;
  readonly options?: O;
  /** A `Failure` or a `FleetbeatError` that it throws is printed and becomes the exit code. */
  readonly run: (call: Call<ParsedArguments<A>, ParsedOptions<O>>) => Promise<CommandResult>;
}

/** A command that does something, or a group of commands, as the table and everything derived from it see it. */
export interface Command extends CommandDocs {
  readonly arguments?: Arguments;
  readonly options?: Options;
  readonly run?: (call: Call) => Promise<CommandResult>;
  readonly commands?: Readonly<Record<string, Command>>;
  /** The command that runs when none is named. */
  readonly defaultCommand?: string;
}

/** A command whose `run` gets arguments and options typed by their descriptions. */
export const defineCommand = <const A extends Arguments = [], const O extends Options = Record<never, never>>(
  command: Action<A, O>,
): Command => command as unknown as Command;

/** A word with commands below it, such as `sessions`. */
export const defineGroup = <const Word extends string>(
  group: CommandDocs & { readonly commands: Readonly<Record<Word, Command>>; readonly defaultCommand?: NoInfer<Word> },
): Command => group;
