/** Describes the tool call that an agent asks a permission for, in one line. Pure. */

type Fields = Readonly<Record<string, unknown>>;

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

const toFields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

function getText(fields: Fields, ...names: readonly string[]): string | null {
  const found = names.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '');
  return (found as string | undefined) ?? null;
}

/** A command as a list of words, as Codex has it. */
const getWords = (value: unknown): string | null =>
  Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string') ? value.join(' ') : null;
