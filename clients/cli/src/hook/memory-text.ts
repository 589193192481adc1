/** What a program remembers, as an agent reads it at its start, in the form in which its client takes it. Pure. */

import type { HookClient } from './lifecycle-events.ts';
import type { StartedSession } from './start-session.ts';
import { truncateText } from './truncate.ts';

/** Claude Code cuts what a hook adds at 10,000 characters. */
const MAX_LENGTH = 9_500;

export function formatMemory(programId: string, started: StartedSession): string {
  const { contextSummary: summary, contextSummaryExpired, learnedPatterns } = started.state;
  const parts = [
    `Fleetbeat: this is session ${started.sessionId} of the program ${programId}. What follows is what earlier runs left.`,
    formatPreviousSession(started),
    summary.lastTask === null ? '' : `Last task: ${summary.lastTask}`,
    formatList('Under way', summary.activeWorkItems),
    summary.handoffNotes === null
      ? ''
      : `Handover notes${contextSummaryExpired ? ' (old)' : ''}:\n${summary.handoffNotes}`,
    formatList('Open questions', summary.openQuestions),
    formatList(
      'Learned',
      learnedPatterns.map(({ domain, pattern }) => `${domain}: ${pattern}`),
    ),
    formatList(
      'Tasks',
      started.tasks.map(({ title, taskId, state }) => `${title} (${state}, ${taskId})`),
    ),
    formatList(
      'Unread messages',
      started.messages.map(({ sender, kind, text }) => `${kind} from ${sender ?? 'an admin'}: ${text}`),
    ),
    formatList(
      'Left out',
      started.leftOut.map(({ part, count, how }) => `${part} (${count}): ${how}`),
    ),
    'Heartbeats are sent by hooks. Before the work ends, write what the next run must know with update_program_state.',
  ];
  return truncateText(parts.filter((part) => part !== '').join('\n\n'), MAX_LENGTH);
}

/** What an agent is told when the server could not be reached in time. */
export const formatUnavailable = (programId: string): string =>
  `Fleetbeat could not be reached, so the memory of the program ${programId} is not here. The start is kept and told later; boot_program or get_program_state reads the memory when the server is back.`;

/** As the client takes what is to be added to an agent's context at its start. */
export const toHookOutput = (client: HookClient, text: string): string =>
  JSON.stringify(
    client === 'cursor'
      ? { additional_context: text }
      : { hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: text } },
  );

function formatPreviousSession({ previousSession: previous, hasConcurrentSession }: StartedSession): string {
  if (hasConcurrentSession)
    return 'Another session of this program has started just now and has taken over from the one before.';
  if (!previous) return '';
  const endings = {
    alive: 'still runs',
    complete: 'is complete',
    'handed-off': 'handed over to this one',
    succeeded: 'died',
    silent: 'fell silent',
  };
  const lastStatus = previous.status === null ? '' : ` Its last status: ${previous.status}`;
  return `The session before, ${previous.sessionId}, ${endings[previous.ended]}.${lastStatus}`;
}

const formatList = (title: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `${title}:\n${items.map((item) => `- ${item}`).join('\n')}`;
