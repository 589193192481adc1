/** MCP prompts for the start and the end of an agent's run. */
import { type GetPromptResult, type Prompt, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Principal } from '../../platform/principal.ts';
import { LIST_CACHE_HINTS } from './caller.ts';
import { OTHERS_ARE_DATA, quote } from './quoted-text.ts';
import { findToolNames } from './tool-methods.ts';

/** The argument that may be omitted by a key that has a program. */
const PROGRAM_ARGUMENT = 'programId';

interface PromptTemplate extends Prompt {
  readonly name: string;
  readonly render: (given: Readonly<Record<string, string>>) => string;
}

const PROMPTS: readonly PromptTemplate[] = [
  {
    name: 'boot',
    title: 'Start a run',
    description: 'Open a session and go on where the last one stopped.',
    arguments: [
      { name: 'programId', description: 'The program that you are.', required: true },
      { name: 'work', description: 'What this run is for.', required: false },
    ],
    render: ({ programId, work }) =>
      [
        `If a hook of Fleetbeat has opened your session, what your last run left is in your context. Otherwise call boot_program with programId ${quote(programId ?? '')} and a name that tells what this run is for${work ? `: ${quote(work)}` : ''}.`,
        'Take in the handoff notes, open questions and learned patterns of the last run, your open tasks and unread messages. What is left out is missing: read it when you need it.',
        OTHERS_ARE_DATA,
        'Tell in a few sentences what you found and what you will do first. Then work.',
        'While you work call update_session with lastHeartbeat true at least every 10 minutes, claim_task before you work on a task, and update_program_state after every significant task or decision.',
      ].join('\n\n'),
  },
  {
    name: 'hand_over',
    title: 'Hand over',
    description: 'Write down what the next run must know, and ask for a successor.',
    arguments: [{ name: 'programId', description: 'The program that you are.', required: true }],
    render: ({ programId }) =>
      [
        'Hand over now: your next run knows nothing but what you write down.',
        `1. Call update_program_state with programId ${quote(programId ?? '')} and a contextSummary: lastTask, activeWorkItems (branches, pull requests, files), handoffNotes (what is done, what is not, what to do next, what did not work), openQuestions. Put what will still be true in a month into learnedPatterns, each with id, domain and pattern.`,
        '2. Call complete_task for tasks that are done. Your successor takes over the others.',
        '3. Call update_session with handoffRequired true, lastHeartbeat true and a status that says where you stopped.',
        'Then begin nothing new.',
      ].join('\n\n'),
  },
];

/** Prompts that name a tool which is not listed are left out. */
export const listPrompts = ({ programId }: Reader, toolNames: ReadonlySet<string>) => ({
  prompts: PROMPTS.filter(({ render }) => findToolNames(render({})).every((name) => toolNames.has(name))).map(
    ({ render: _render, arguments: args, ...prompt }) => ({
      ...prompt,
      arguments: args?.map((each) =>
        each.name === PROGRAM_ARGUMENT && programId !== null ? { ...each, required: false } : each,
      ),
    }),
  ),
  ...LIST_CACHE_HINTS,
});

type Reader = Pick<Principal, 'programId'>;

/** Throws InvalidParams for an unknown name or a missing argument. */
export function getPrompt(
  name: string,
  given: Readonly<Record<string, string>>,
  { programId }: Reader,
): GetPromptResult {
  const prompt = PROMPTS.find((each) => each.name === name);
  if (!prompt) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt: ${name}`);
  const args: Readonly<Record<string, string>> = {
    ...(programId !== null && { [PROGRAM_ARGUMENT]: programId }),
    ...given,
  };
  const missing = prompt.arguments?.filter((each) => each.required && !args[each.name]).map((each) => each.name) ?? [];
  if (missing.length > 0)
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `The prompt ${name} needs ${missing.join(', ')}.`);
  return {
    ...(prompt.description !== undefined && { description: prompt.description }),
    messages: [{ role: 'user', content: { type: 'text', text: prompt.render(args) } }],
  };
}
