/** What a program remembers, as an agent reads it at its start, in the form in which its client takes it. Pure. */
import type { Begun } from './begin.ts';
import type { HookClient } from './moments.ts';
import { paragraph } from './words.ts';

/** Claude Code cuts what a hook adds at 10,000 characters. */
const MOST = 9_500;

export function memoryText(programId: string, begun: Begun): string {
  const { contextSummary: summary, contextSummaryExpired, learnedPatterns } = begun.state;
  const parts = [
    `Fleetbeat: this is session ${begun.sessionId} of the program ${programId}. What follows is what earlier runs left.`,
    before(begun),
    summary.lastTask === null ? '' : `Last task: ${summary.lastTask}`,
    list('Under way', summary.activeWorkItems),
    summary.handoffNotes === null
      ? ''
      : `Handover notes${contextSummaryExpired ? ' (old)' : ''}:\n${summary.handoffNotes}`,
    list('Open questions', summary.openQuestions),
    list(
      'Learned',
      learnedPatterns.map(({ domain, pattern }) => `${domain}: ${pattern}`),
    ),
    list(
      'Tasks',
      begun.tasks.map(({ title, taskId, state }) => `${title} (${state}, ${taskId})`),
    ),
    list(
      'Unread messages',
      begun.messages.map(({ sender, kind, text }) => `${kind} from ${sender ?? 'an admin'}: ${text}`),
    ),
    list(
      'Left out',
      begun.leftOut.map(({ part, count, how }) => `${part} (${count}): ${how}`),
    ),
    'Heartbeats are sent by hooks. Before the work ends, write what the next run must know with update_program_state.',
  ];
  return paragraph(parts.filter((part) => part !== '').join('\n\n'), MOST);
}

/** What an agent is told when the server could not be reached in time. */
export const awayText = (programId: string): string =>
  `Fleetbeat could not be reached, so the memory of the program ${programId} is not here. The start is kept and told later; boot_program or get_program_state reads the memory when the server is back.`;

/** As the client takes what is to be added to an agent's context at its start. */
export const asContext = (client: HookClient, text: string): string =>
  JSON.stringify(
    client === 'cursor'
      ? { additional_context: text }
      : { hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: text } },
  );

function before({ previousSession: previous, hasRival }: Begun): string {
  if (hasRival) return 'Another session of this program has started just now and has taken over from the one before.';
  if (!previous) return '';
  const how = {
    alive: 'still runs',
    complete: 'is complete',
    'handed-off': 'handed over to this one',
    succeeded: 'died',
    silent: 'fell silent',
  };
  const said = previous.status === null ? '' : ` Its last status: ${previous.status}`;
  return `The session before, ${previous.sessionId}, ${how[previous.ended]}.${said}`;
}

const list = (title: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `${title}:\n${items.map((item) => `- ${item}`).join('\n')}`;
