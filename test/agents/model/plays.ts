/** What the scripted model does: a prompt that holds `[play:work]` plays `work`, one step for each answer. */
import type { Answer, OfferedTool } from './conversation.ts';

export interface Step {
  /** A file to read, a command for a shell, or one of Fleetbeat's tools. */
  readonly read?: string;
  readonly shell?: string;
  readonly mcp?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly say?: string;
  /** The input tokens that the model reports. */
  readonly tokens?: number;
  /** Codex asks its user only where the model wants to leave the sandbox. */
  readonly escalate?: boolean;
  /** The answer waits until the test says so. */
  readonly isHeld?: boolean;
  /** The HTTP status of a failure, in place of an answer. */
  readonly status?: number;
}

export const NOTES_OF_THE_MODEL = 'REMEMBER-THE-BLUE-WHALE';
export const LAST_ANSWER = 'All done: the whale is blue.';
/** A command that runs until the test ends it; each lab has this program in its home. */
export const RUN_UNTIL_TOLD = '~/run-until-told';

/** `$PROGRAM` and `$SESSION` are read from what the start hook added to the context. */
export const PLAYS: Readonly<Record<string, readonly Step[]>> = {
  work: [
    { read: './notes.txt' },
    {
      mcp: 'update_program_state',
      args: {
        programId: '$PROGRAM',
        sessionId: '$SESSION',
        contextSummary: { handoffNotes: NOTES_OF_THE_MODEL, openQuestions: ['Which port?'] },
      },
    },
    {
      mcp: 'update_session',
      args: { sessionId: '$SESSION', status: 'Halfway', progress: 50, lastHeartbeat: true },
    },
    { shell: 'echo from-the-shell', tokens: 50_000 },
    { say: LAST_ANSWER, tokens: 60_000 },
  ],
  hello: [{ say: 'Hello.' }],
  tools: [...Array.from({ length: 5 }, (_, index) => ({ shell: `echo ${index}` })), { say: 'Five commands ran.' }],
  long: [{ shell: 'echo begun' }, { shell: RUN_UNTIL_TOLD }, { say: 'Slept.' }],
  wait: [{ shell: 'echo begun' }, { shell: RUN_UNTIL_TOLD }, { shell: 'echo after' }, { say: 'Waited.' }],
  obedient: [
    { mcp: 'boot_program', args: { programId: '$PROGRAM', name: 'As the instructions say' } },
    { mcp: 'update_session', args: { status: 'As I was told', lastHeartbeat: true } },
    { say: 'Obeyed.' },
  ],
  ask: [
    { shell: `touch made-by-agent; ${RUN_UNTIL_TOLD}; rm -f made-by-agent`, escalate: true },
    { say: 'It was allowed.' },
  ],
  permit: [{ shell: 'touch permitted', escalate: true }, { say: 'It goes on.' }],
  facts: [{ shell: 'echo fine' }, { shell: "sh -c 'exit 3'" }, { say: 'Seen.' }],
  after: [{ say: 'After it.' }],
  filled: [
    { shell: 'echo a', tokens: 40_000 },
    { say: 'Filled.', tokens: 60_000 },
  ],
  late: [{ say: 'Said.', isHeld: true }],
  fail: [{ status: 400 }],
};

const SHELLS = ['Bash', 'bash', 'run_shell_command', 'exec_command', 'shell_command', 'shell'];
const READERS = ['Read', 'read', 'read_file', 'view'];

/** The answer to one step, by the names and in the form that the agent's own tools have. */
export function toAnswer(step: Step, tools: readonly OfferedTool[]): Answer {
  if (step.say !== undefined) return { text: step.say };
  return findTool(step, tools) ?? { text: `NO TOOL for ${JSON.stringify(step)}` };
}

/** On a busy machine the first requests of an agent have none of its MCP servers' tools. */
export const hasTool = (step: Step, tools: readonly OfferedTool[]): boolean => findTool(step, tools) !== null;

export const isOurs = ({ name, namespace = '' }: OfferedTool): boolean => /fleetbeat/.test(`${namespace}${name}`);

function findTool(step: Step, tools: readonly OfferedTool[]): Answer | null {
  const named = (names: readonly string[]) =>
    names.map((name) => tools.find((tool) => tool.name === name)).find((tool) => tool !== undefined);
  if (step.mcp !== undefined) {
    const { mcp } = step;
    const tool = tools.find((each) => isOurs(each) && each.name.endsWith(mcp));
    return tool ? { tool: tool.name, namespace: tool.namespace, args: step.args ?? {} } : null;
  }
  if (step.read !== undefined) {
    const tool = named(READERS);
    if (!tool) return findTool({ shell: `cat '${step.read}'` }, tools);
    const args = { file_path: step.read, filePath: step.read, absolute_path: step.read, path: step.read };
    return { tool: tool.name, args: pickSupported(args, tool) };
  }
  const tool = named(SHELLS);
  return tool ? { tool: tool.name, args: pickSupported(toShellArguments(step, tool.name), tool) } : null;
}

function toShellArguments({ shell = '', escalate }: Step, tool: string): Readonly<Record<string, unknown>> {
  const escalated = escalate ? { sandbox_permissions: 'require_escalated', justification: 'May I?' } : {};
  switch (tool) {
    case 'exec_command':
      // Long enough that Codex does not go on with the command in the background.
      return { cmd: shell, yield_time_ms: 30_000, ...escalated };
    case 'shell':
      return { command: ['bash', '-lc', shell] };
    default:
      return { command: shell, description: 'runs it', is_background: false };
  }
}

const pickSupported = (args: Readonly<Record<string, unknown>>, { properties }: OfferedTool) =>
  properties ? Object.fromEntries(Object.entries(args).filter(([name]) => Object.hasOwn(properties, name))) : args;
