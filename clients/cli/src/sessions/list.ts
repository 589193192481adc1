import { defineCommand } from '../command.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { tableLines } from '../table.ts';
import { sessionColumns } from './columns.ts';

export const list = defineCommand({
  summary: 'List sessions, the one that wrote last first',
  options: {
    state: {
      type: 'text',
      value: 'state',
      choices: ['working', 'blocked', 'pinned', 'complete', 'all'],
      summary: 'those that declare this state',
    },
    program: { type: 'text', value: 'program', short: 'p', summary: 'those of a program' },
    archived: { type: 'flag', summary: 'archived ones too' },
    ...PAGING_OPTIONS,
  },
  examples: [
    ['fleetbeat sessions list --state blocked', 'Who waits for somebody?'],
    ["fleetbeat sessions list --all --json | jq -r '.sessions[].sessionId'", 'The ids of all'],
  ],
  run: async (call) => {
    const { state, program, archived } = call.options;
    const filter = {
      ...(state && { state }),
      ...(program !== undefined && { programId: program }),
      ...(archived && { includeArchived: true }),
    };
    const fleetbeat = await call.fleetbeat();
    const { items: sessions, nextCursor } = await collectPages('sessions', call.options, (page) =>
      fleetbeat.sessions.list({ ...filter, ...page }),
    );
    call.print({ sessions, nextCursor }, () =>
      sessions.length === 0 ? 'No sessions.' : tableLines(sessionColumns(call.now), sessions, call.layout()).join('\n'),
    );
    warnIfTruncated(call, sessions.length, nextCursor);
  },
});
