import { taskCandidates } from '../candidates.ts';
import { defineCommand } from '../command.ts';
import type { Options } from '../command-line.ts';
import { SESSION_OPTION, toSessionField } from '../session-option.ts';
import { withShortId } from '../short-id.ts';
import { formatTask } from './read.ts';

const TASK = { name: 'taskId', summary: 'the task; the beginning or end of its id will do' } as const;
const SESSION = {
  session: {
    type: 'text',
    value: 'sessionId',
    summary: 'the session that does it; else the current one of your program',
  },
} as const satisfies Options;

export const create = defineCommand({
  summary: 'Give work to a program, or to whichever claims it first',
  arguments: [{ name: 'title', summary: 'what is to be done, in a line' }],
  options: {
    target: { type: 'text', value: 'program', short: 't', summary: 'whom it is for; * (whichever) unless told' },
    instructions: { type: 'text', value: 'text', short: 'i', summary: 'how it is to be done' },
    priority: {
      type: 'number',
      value: '1-5',
      integer: true,
      min: 1,
      max: 5,
      summary: '5 is the most urgent; 3 unless told',
    },
    ttl: { type: 'duration', value: 'time', summary: 'how long it may wait, such as 2h' },
    ...SESSION_OPTION,
  },
  examples: [
    ['fleetbeat tasks create "Review PR 45" --priority 4', 'For whichever program claims it first'],
    ['fleetbeat tasks create "Fix the login" --target builder --ttl 2h', 'For one program, within two hours'],
  ],
  run: async (call) => {
    const { ttl, session, target = '*', ...fields } = call.options;
    const task = await (await call.fleetbeat()).tasks.create({
      title: call.arguments.title,
      target,
      ...fields,
      ...toSessionField(session),
      ...(ttl !== undefined && { ttlSeconds: ttl }),
    });
    call.print(task, () => formatTask(task, call));
  },
});

export const claim = defineCommand({
  summary: 'Take a task; it is yours for as long as the session is alive',
  arguments: [TASK],
  options: SESSION,
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const task = await withShortId(call.arguments.taskId, taskCandidates(fleetbeat), (id) =>
      fleetbeat.tasks.claim(id, call.options.session),
    );
    call.print(task, () => formatTask(task, call));
  },
});

export const release = defineCommand({
  summary: 'Give a claimed task back unfinished',
  arguments: [TASK],
  options: { session: { ...SESSION.session, summary: 'only if this session has it' } },
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const task = await withShortId(call.arguments.taskId, taskCandidates(fleetbeat), (id) =>
      fleetbeat.tasks.release(id, call.options.session),
    );
    call.print(task, () => `Task ${task.taskId} waits again.`);
  },
});

export const complete = defineCommand({
  summary: 'Say that a task is done, and how it came out',
  arguments: [TASK],
  options: {
    outcome: {
      type: 'text',
      value: 'outcome',
      choices: ['succeeded', 'failed', 'cancelled'],
      summary: 'how it came out; succeeded unless told',
    },
    result: { type: 'text', value: 'text', short: 'r', summary: 'what came of it' },
    session: { ...SESSION.session, summary: 'only if this session has it' },
  },
  examples: [['fleetbeat tasks complete 0196f0c2 --result "Merged as 3f1c2b4"', 'It went well']],
  run: async (call) => {
    const { outcome = 'succeeded', session, ...fields } = call.options;
    const fleetbeat = await call.fleetbeat();
    const completion = { outcome, ...fields, ...toSessionField(session) };
    const task = await withShortId(call.arguments.taskId, taskCandidates(fleetbeat), (id) =>
      fleetbeat.tasks.complete(id, completion),
    );
    call.print(task, () => `Task ${task.taskId}: ${task.outcome}.`);
  },
});
