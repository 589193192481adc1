/** Formats a program's memory as an agent reads it at its start, in the form that its client takes. Pure. */

import { formatHandover } from './handover-text.ts';
import { type Message, quoteMessage } from './quote.ts';
import type { StartedSession } from './start-session.ts';
import type { StartTrouble, TroubleKind } from './start-trouble.ts';
import { truncateLine, truncateText } from './truncate.ts';
import { formatWorkingTree, type WorkingTree } from './working-tree.ts';

/** Claude Code cuts what a hook adds at 10,000 characters. */
const MAX_LENGTH = 9_500;
/** Limits of one part, so that no part pushes the others out. */
const MAX_PART_LENGTH = 1_500;
const MAX_MESSAGES_LENGTH = 2_500;
const MIN_NOTES_LENGTH = 1_500;
const LAST_LINES = [
  'Before the work ends, write what the next run must know with update_program_state.',
  'End of what Fleetbeat adds.',
].join('\n');

/** What this machine knows. */
export interface LocalFacts {
  /** The sessions whose process was found dead. */
  readonly killed?: readonly string[];
  readonly workingTree?: WorkingTree | null;
}

export function formatMemory(programId: string, started: StartedSession, facts: LocalFacts = {}): string {
  const { killed = [], workingTree = null } = facts;
  const { sessionId } = started;
  const first = `Fleetbeat: this is session ${sessionId} of the program ${programId}. It is open and its hooks send heartbeats: do not call boot_program, and pass sessionId ${sessionId} to Fleetbeat's tools. What follows is what earlier runs left.`;
  const tree = workingTree === null ? '' : formatWorkingTree(workingTree);
  const left = formatHandover(started.previousSession?.handover ?? started.handover, workingTree);
  return formatParts([first, formatPreviousSession(started, killed), tree, left], started);
}

/** For a fork, whose session its first prompt opens. */
export const formatForkMemory = (programId: string, state: StartedSession['state']): string =>
  formatParts(
    [
      `Fleetbeat: this is a fork, in the program ${programId}. Its hooks open a session of its own: do not call boot_program. What follows is what earlier runs left.`,
    ],
    { state, tasks: [], messages: [], leftOut: [] },
  );

function formatParts(
  first: readonly string[],
  { state, tasks, messages, leftOut }: Pick<StartedSession, 'state' | 'tasks' | 'messages' | 'leftOut'>,
): string {
  const { contextSummary: summary, contextSummaryExpired, learnedPatterns } = state;
  const parts = [
    ...first,
    summary.lastTask === null ? '' : `Last task: ${truncateLine(summary.lastTask, MAX_PART_LENGTH)}`,
    formatList('Under way', summary.activeWorkItems),
    formatList('Open questions', summary.openQuestions),
    formatList(
      'Tasks',
      tasks.map(
        ({ title, taskId, state, createdBy }) => `(${state}, ${taskId}, ${describeCreator(createdBy)}) ${title}`,
      ),
    ),
    formatMessages(messages),
    formatList(
      'Learned',
      learnedPatterns.map(({ domain, pattern }) => `${domain}: ${pattern}`),
    ),
    formatList(
      'Left out',
      leftOut.map(({ part, count, how }) => `${part} (${count}): ${how}`),
    ),
  ].filter((part) => part !== '');
  // The notes are the longest part, so they take the room that the others leave.
  const used = [...parts, LAST_LINES].reduce((sum, part) => sum + part.length + 2, 0);
  const notes = formatNotes(summary.handoffNotes, contextSummaryExpired, MAX_LENGTH - used);
  const whole = [...parts, ...notes].join('\n\n');
  return `${truncateText(whole, MAX_LENGTH - LAST_LINES.length - 2)}\n\n${LAST_LINES}`;
}

function formatNotes(notes: string | null, isOld: boolean, room: number): string[] {
  if (notes === null) return [];
  const title = `Handover notes${isOld ? ' (old)' : ''}:\n`;
  const shortened = truncateText(notes, Math.max(MIN_NOTES_LENGTH, room) - title.length - 80);
  const rest = shortened.length < notes.trim().length ? '\n(Cut here: get_program_state has the rest.)' : '';
  return [`${title}${shortened}${rest}`];
}

/** The messages that a start shows: the first, and as many more as fit. The others come with the next tools. */
export function selectShown<Each extends Message>(messages: readonly Each[]): Each[] {
  let room = MAX_MESSAGES_LENGTH;
  const shown: Each[] = [];
  for (const message of messages) {
    room -= quoteMessage(message).length + 1;
    if (room < 0 && shown.length > 0) break;
    shown.push(message);
  }
  return shown;
}

function formatMessages(messages: StartedSession['messages']): string {
  if (messages.length === 0) return '';
  const shown = selectShown(messages);
  const left = messages.length - shown.length;
  const quoted = truncateText(shown.map(quoteMessage).join('\n'), MAX_MESSAGES_LENGTH);
  const more = left === 0 ? '' : `\n${left} more come with your next tools; list_messages has them now.`;
  return `Unread messages:\n${quoted}${more}`;
}

const TROUBLES: Readonly<Record<TroubleKind, (programId: string, says: string) => string>> = {
  away: (programId) =>
    `Fleetbeat could not be reached, so the memory of the program ${programId} is not here. The start is kept and sent later; get_program_state reads the memory when the server is back.`,
  key: (programId) =>
    `Fleetbeat refused the key of the program ${programId}: it has expired, was revoked, or is another server's. Nothing is recorded until it is replaced. Tell your user to run: fleetbeat doctor`,
  start: (programId, says) =>
    `Fleetbeat refused this start of the program ${programId}, so its memory is not here. It said: ${says}\nTell your user to run: fleetbeat doctor`,
  limit: (programId, says) =>
    `Fleetbeat refused this start of the program ${programId} for now, so its memory is not here. It said: ${says}\nThe start is kept and sent later. Tell your user to run: fleetbeat doctor`,
};

export const formatTrouble = (programId: string, { kind, says }: StartTrouble): string =>
  `${TROUBLES[kind](programId, says)}\nEnd of what Fleetbeat adds.`;

const ENDINGS = {
  alive: 'still runs',
  complete: 'is complete',
  'handed-off': 'handed over to this one',
  killed: 'was killed in the middle of its work, so nobody knows whether its last step was finished',
  succeeded: 'died',
  silent: 'fell silent',
  idle: 'waited for its user and was archived',
};

function formatPreviousSession(
  { previousSession: previous, hasConcurrentSession }: StartedSession,
  killed: readonly string[],
): string {
  if (hasConcurrentSession)
    return 'Another session of this program has started just now and has taken over from the one before.';
  if (!previous) return '';
  const ending = killed.includes(previous.sessionId) ? ENDINGS.killed : ENDINGS[previous.ended];
  const lastStatus = previous.status === null ? '' : ` Its last status: ${truncateLine(previous.status)}`;
  return `The session before, ${previous.sessionId}, ${ending}.${lastStatus}`;
}

/** Before the title, which could say the same of somebody else. */
const describeCreator = (createdBy: string | null): string =>
  createdBy === null ? 'from an admin' : `from the program ${truncateLine(createdBy, 100)}`;

/** Each item in one line: a line end in a title would let whoever wrote it forge a heading. */
const formatList = (title: string, items: readonly string[]): string =>
  items.length === 0
    ? ''
    : truncateText(`${title}:\n${items.map((item) => `- ${truncateLine(item, 500)}`).join('\n')}`, MAX_PART_LENGTH);
