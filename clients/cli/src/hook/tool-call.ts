/** Describes the tool call that an agent asks a permission for. Pure. */

export type Fields = Readonly<Record<string, unknown>>;

export interface ToolCall {
  readonly tool: string;
  readonly input: Fields;
}

/** Null when the event names no tool. */
export function readToolCall(event: Fields): ToolCall | null {
  const tool = getText(event, 'tool_name');
  return tool === null ? null : { tool, input: toFields(event['tool_input']) };
}

/** The arguments that say what a tool is about, the most telling first. */
const TELLING = ['command', 'cmd', 'file_path', 'path', 'absolute_path', 'url', 'query', 'pattern', 'description'];

/** The tool and its command verbatim, such as `Bash: git push`. Null when the event names no tool. */
export function describeToolCall(event: Fields): string | null {
  // Gemini CLI has the call of a notification in `details`; the others have `tool_name` and `tool_input`.
  const details = toFields(event['details']);
  const tool = getText(event, 'tool_name') ?? getText(details, 'toolDisplayName', 'toolName', 'rootCommand', 'type');
  if (tool === null) return null;
  const input = toFields(event['tool_input']);
  const what = getText({ ...details, ...input }, ...TELLING) ?? getWords(input['command']);
  return what === null ? `${tool}?` : `${tool}: ${what}`;
}

/** The command that the tool is to run; null for tools that run none. */
export const readCommand = (event: Fields): string | null =>
  getText({ ...toFields(event['details']), ...toFields(event['tool_input']) }, 'command', 'cmd');

/** The limits of a question's details (`questions.yaml`), less the one that says how it may be answered. */
const MAX_DETAILS = 19;
const MAX_VALUE_LENGTH = 8_000;
const MAX_LABEL_LENGTH = 100;

export interface CallDetails {
  readonly details: readonly { readonly label: string; readonly value: string }[];
  /** False when something did not fit. What a person has not seen whole, nobody may allow. */
  readonly isWhole: boolean;
}

/** The tool and each of its arguments, verbatim. */
export function toDetails({ tool, input }: ToolCall): CallDetails {
  const all = [['Tool', tool] as const, ...Object.entries(input)].map(([label, value]) => ({
    label: LABELS[label] ?? label,
    value: toVerbatim(value),
  }));
  const isWhole =
    all.length <= MAX_DETAILS &&
    all.every(
      ({ label, value }) => label !== '' && label.length <= MAX_LABEL_LENGTH && value.length <= MAX_VALUE_LENGTH,
    );
  const details = all.slice(0, MAX_DETAILS).map(({ label, value }) => ({
    label: label.slice(0, MAX_LABEL_LENGTH).toWellFormed() || '(no name)',
    value: value.slice(0, MAX_VALUE_LENGTH).toWellFormed(),
  }));
  return { details, isWhole };
}

const LABELS: Readonly<Record<string, string>> = { command: 'Command', file_path: 'File', description: 'Description' };

/** A text as it is, unless it holds what the server refuses or no reader sees: then as JSON, which escapes that. */
function toVerbatim(value: unknown): string {
  const isPlain =
    typeof value === 'string' &&
    value.isWellFormed() &&
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(value);
  return isPlain ? value : (JSON.stringify(value) ?? 'undefined');
}

const toFields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

function getText(fields: Fields, ...names: readonly string[]): string | null {
  const found = names.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '');
  return (found as string | undefined) ?? null;
}

/** A command as a list of words, as Codex has it. */
const getWords = (value: unknown): string | null =>
  Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string') ? value.join(' ') : null;
