/** The arguments and options of a command: how they are described, and the types of their parsed values. */

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
      /** The placeholder of the value in the help. */
      readonly value: string;
      readonly choices?: readonly string[];
      readonly required?: true;
      /** May be given more than once; the value is a list. */
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

/** A positional argument. Optional ones come last. */
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

/** The parsed options: lists and required ones are always present, others only when given. */
export type ParsedOptions<O extends Options> = {
  readonly [Name in keyof O as O[Name] extends AlwaysPresent ? Name : never]: O[Name] extends { multiple: true }
    ? readonly OptionValue<O[Name]>[]
    : OptionValue<O[Name]>;
} & { readonly [Name in keyof O as O[Name] extends AlwaysPresent ? never : Name]?: OptionValue<O[Name]> };

type ArgumentValue<A extends Argument> = A extends { choices: readonly (infer Choice)[] } ? Choice : string;

/** The parsed arguments by name. */
export type ParsedArguments<A extends Arguments> = {
  readonly [Arg in A[number] as Arg extends { optional: true } ? never : Arg['name']]: ArgumentValue<Arg>;
} & { readonly [Arg in A[number] as Arg extends { optional: true } ? Arg['name'] : never]?: ArgumentValue<Arg> };
