import type { components } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import { defineCommand, defineGroup } from '../command.ts';
import type { Argument } from '../command-line.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { type Column, tableLines } from '../table.ts';
import { oneLine } from '../text.ts';

type Program = components['schemas']['Program'];

const PROGRAM = { name: 'programId', summary: 'the program' } as const satisfies Argument;

const list = defineCommand({
  summary: 'List the programs of the account',
  options: PAGING_OPTIONS,
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const { items: programs, nextCursor } = await collectPages('programs', call.options, (page) =>
      fleetbeat.programs.list(page),
    );
    const columns: readonly Column<Program>[] = [
      { title: 'PROGRAM', text: ({ programId }) => programId, minWidth: 12 },
      { title: 'NAME', text: ({ displayName }) => displayName, minWidth: 10 },
      { title: 'ROLE', text: ({ role }) => role },
      { title: 'HEARTBEAT', text: ({ lastHeartbeat }) => formatAge(lastHeartbeat, call.now()), align: 'right' },
      { title: 'PAUSED', text: ({ paused }) => (paused ? 'paused' : null), colour: (_program, paint) => paint.warn },
    ];
    call.print({ programs, nextCursor }, () =>
      programs.length === 0
        ? 'No programs. fleetbeat keys create <program> makes one.'
        : tableLines(columns, programs, call.layout()).join('\n'),
    );
    warnIfTruncated(call, programs.length, nextCursor);
  },
});

const definePauseCommand = (summary: string, paused: boolean) =>
  defineCommand({
    summary,
    arguments: [PROGRAM],
    run: async (call) => {
      const program = await (await call.fleetbeat()).programs.update(call.arguments.programId, { paused });
      const word = paused ? 'is asked to pause with its next heartbeat' : 'may go on';
      call.print(program, () => `${program.programId} ${word}.`);
    },
  });

const rename = defineCommand({
  summary: 'Give a program another name for people; its id stays',
  arguments: [PROGRAM, { name: 'name', summary: 'its new name' }],
  run: async (call) => {
    const { programId, name } = call.arguments;
    const program = await (await call.fleetbeat()).programs.update(programId, { displayName: name });
    call.print(program, () => `${program.programId} is now called ${oneLine(program.displayName)}.`);
  },
});

const requireSession = defineCommand({
  summary: "Require a program's writes to name their session, so that one that was taken over writes nothing",
  arguments: [PROGRAM],
  options: { off: { type: 'flag', summary: 'require it no more' } },
  examples: [
    ['fleetbeat programs require-session builder', 'Connected agents and sessions of the client do so by themselves'],
    ['fleetbeat programs require-session builder --off', 'As before'],
  ],
  run: async (call) => {
    const sessionRequired = !call.options.off;
    const program = await (await call.fleetbeat()).programs.update(call.arguments.programId, { sessionRequired });
    const word = sessionRequired ? 'must' : 'need not';
    call.print(program, () => `The writes of ${program.programId} ${word} name their session.`);
  },
});

export const command = defineGroup({
  summary: 'See programs, ask them to pause, and require their writes to name their session',
  defaultCommand: 'list',
  commands: {
    list,
    pause: definePauseCommand('Ask a program to pause', true),
    resume: definePauseCommand('Let a paused program go on', false),
    rename,
    'require-session': requireSession,
  },
});
