import type { components } from '@fleetbeat/client';
import { ageText, endText } from '../ages.ts';
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { factLines, whenText } from '../facts.ts';
import { gather, PAGED, tellOfMore } from '../pages.ts';
import { type Column, tableLines } from '../table.ts';

type Summary = components['schemas']['TaskSummary'];

/** One word for how a task stands. */
const standing = ({ state, outcome, expired }: Summary): string => {
  if (state === 'completed') return outcome ?? state;
  if (state === 'claimed') return state;
  return expired ? 'expired' : 'waits';
};

export const list = defineCommand({
  summary: 'List tasks, the most urgent first; those that wait, unless told',
  options: {
    state: {
      type: 'text',
      value: 'state',
      choices: ['pending', 'created', 'claimed', 'completed', 'all'],
      summary: 'those in this state',
    },
    target: { type: 'text', value: 'program', short: 't', summary: 'those for a program, or * for whichever' },
    claimedBy: { type: 'text', value: 'program', summary: 'those that a program has claimed' },
    ...PAGED,
  },
  examples: [['fleetbeat tasks list --state claimed', 'Who works on what?']],
  run: async (call) => {
    const { limit: _limit, all: _all, ...filter } = call.options;
    const fleetbeat = await call.fleetbeat();
    const { items: tasks, nextCursor } = await gather('tasks', call.options, (page) =>
      fleetbeat.tasks.list({ ...filter, ...page }),
    );
    const now = call.now();
    const columns: readonly Column<Summary>[] = [
      { title: 'TASK', text: ({ taskId }) => taskId },
      { title: 'PRIO', text: ({ priority }) => priority, align: 'right' },
      { title: 'FOR', text: ({ target }) => target, least: 8 },
      { title: 'STATE', text: standing },
      { title: 'BY', text: ({ claimedBy }) => claimedBy, least: 8, leaves: 2 },
      { title: 'AGE', text: ({ createdAt }) => ageText(createdAt, now), align: 'right', leaves: 1 },
      { title: 'TITLE', text: ({ title }) => title, least: 16 },
    ];
    call.print({ tasks, nextCursor }, () =>
      tasks.length === 0 ? 'No tasks.' : tableLines(columns, tasks, call.layout()).join('\n'),
    );
    tellOfMore(call, tasks.length, nextCursor);
  },
});

export const show = defineCommand({
  summary: 'Show a task with its instructions and its result',
  arguments: [{ name: 'taskId', summary: 'the task' }],
  run: async (call) => {
    const task = await (await call.fleetbeat()).tasks.get(call.arguments.taskId);
    call.print(task, () => taskFacts(task, call));
  },
});

/** A task, all of it. */
export function taskFacts(task: components['schemas']['Task'], call: Pick<Call, 'now' | 'paint'>): string {
  const now = call.now();
  const ago = (instant: string | null) => whenText(instant, now, (at) => `${ageText(at, now)} ago`);
  return factLines(
    [
      ['Task', task.taskId],
      ['Title', task.title],
      ['For', task.target === '*' ? 'whichever claims it first' : task.target],
      ['Priority', task.priority],
      ['State', standing(task)],
      ['From', task.createdBy],
      ['Created', ago(task.createdAt)],
      ['Claimed', task.claimedAt && `${ago(task.claimedAt)} by ${task.claimedBy}, session ${task.claimedSession}`],
      ['Completed', ago(task.completedAt)],
      ['Waiting', task.state === 'created' && task.expiresAt !== null ? endText(task.expiresAt, now) : null],
      ['Instructions', task.instructions],
      ['Result', task.result],
    ],
    call.paint,
  );
}
