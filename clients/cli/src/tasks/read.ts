import type { components } from '@fleetbeat/client';
import { formatAge, formatExpiry } from '../ages.ts';
import type { Call } from '../call.ts';
import { taskCandidates } from '../candidates.ts';
import { defineCommand } from '../command.ts';
import { formatInstant, formatKeyValues } from '../key-values.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { withShortId } from '../short-id.ts';
import { type Column, tableLines } from '../table.ts';

type Summary = components['schemas']['TaskSummary'];

/** One word for how a task stands. */
const taskStatus = ({ state, outcome, expired }: Summary): string => {
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
    ...PAGING_OPTIONS,
  },
  examples: [['fleetbeat tasks list --state claimed', 'Who works on what?']],
  run: async (call) => {
    const { limit: _limit, all: _all, ...filter } = call.options;
    const fleetbeat = await call.fleetbeat();
    const { items: tasks, nextCursor } = await collectPages('tasks', call.options, (page) =>
      fleetbeat.tasks.list({ ...filter, ...page }),
    );
    const now = call.now();
    const columns: readonly Column<Summary>[] = [
      { title: 'TASK', text: ({ taskId }) => taskId },
      { title: 'PRIO', text: ({ priority }) => priority, align: 'right' },
      { title: 'FOR', text: ({ target }) => target, minWidth: 8 },
      { title: 'STATE', text: taskStatus },
      { title: 'BY', text: ({ claimedBy }) => claimedBy, minWidth: 8, dropOrder: 2 },
      { title: 'AGE', text: ({ createdAt }) => formatAge(createdAt, now), align: 'right', dropOrder: 1 },
      { title: 'TITLE', text: ({ title }) => title, minWidth: 16 },
    ];
    call.print({ tasks, nextCursor }, () =>
      tasks.length === 0 ? 'No tasks.' : tableLines(columns, tasks, call.layout()).join('\n'),
    );
    warnIfTruncated(call, tasks.length, nextCursor);
  },
});

export const show = defineCommand({
  summary: 'Show a task with its instructions and its result',
  arguments: [{ name: 'taskId', summary: 'the task; the beginning or end of its id will do' }],
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const task = await withShortId(call.arguments.taskId, taskCandidates(fleetbeat), (id) => fleetbeat.tasks.get(id));
    call.print(task, () => formatTask(task, call));
  },
});

/** A task, all of it. */
export function formatTask(task: components['schemas']['Task'], call: Pick<Call, 'now' | 'paint'>): string {
  const now = call.now();
  const ago = (instant: string | null) => formatInstant(instant, now, (at) => `${formatAge(at, now)} ago`);
  return formatKeyValues(
    [
      ['Task', task.taskId],
      ['Title', task.title],
      ['For', task.target === '*' ? 'whichever claims it first' : task.target],
      ['Priority', task.priority],
      ['State', taskStatus(task)],
      ['From', task.createdBy],
      ['Created', ago(task.createdAt)],
      ['Claimed', task.claimedAt && `${ago(task.claimedAt)} by ${task.claimedBy}, session ${task.claimedSession}`],
      ['Completed', ago(task.completedAt)],
      ['Waiting', task.state === 'created' && task.expiresAt !== null ? formatExpiry(task.expiresAt, now) : null],
      ['Instructions', task.instructions],
      ['Result', task.result],
    ],
    call.paint,
  );
}
