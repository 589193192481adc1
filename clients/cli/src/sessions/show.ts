import type { components } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import { sessionCandidates } from '../candidates.ts';
import { defineCommand } from '../command.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { withShortId } from '../short-id.ts';
import { type Column, tableLines } from '../table.ts';
import { percent } from './columns.ts';
import { formatSession } from './format.ts';

const SESSION = {
  name: 'sessionId',
  summary: 'the session, or the beginning or end of its id; current is the live one that your program updated last',
} as const;

export const show = defineCommand({
  summary: 'Show a session, all of it',
  arguments: [SESSION],
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const session = await withShortId(call.arguments.sessionId, sessionCandidates(fleetbeat), (id) =>
      fleetbeat.sessions.get(id),
    );
    call.print(session, () => formatSession(session, call));
  },
});

export const timeline = defineCommand({
  summary: 'Show how a session changed, the newest change first',
  arguments: [SESSION],
  options: PAGING_OPTIONS,
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const { items: changes, nextCursor } = await withShortId(
      call.arguments.sessionId,
      sessionCandidates(fleetbeat),
      (id) => collectPages('changes', call.options, (page) => fleetbeat.sessions.timeline(id, page)),
    );
    const columns: readonly Column<components['schemas']['SessionChange']>[] = [
      { title: 'NO', text: ({ number }) => number, align: 'right' },
      { title: 'AGO', text: ({ at }) => formatAge(at, call.now()), align: 'right' },
      { title: 'WHAT', text: ({ kind }) => kind },
      { title: 'STATE', text: ({ state }) => state },
      { title: 'PROGRESS', text: ({ progress }) => percent(progress), align: 'right' },
      { title: 'STATUS', text: ({ status }) => status, minWidth: 20 },
    ];
    call.print({ changes, nextCursor }, () => tableLines(columns, changes, call.layout()).join('\n'));
    warnIfTruncated(call, changes.length, nextCursor);
  },
});
