import type { components } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import { defineCommand } from '../command.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { requireProgramId } from '../programs/require-program.ts';
import { type Column, tableLines } from '../table.ts';

type Version = components['schemas']['StateVersion'];

export const history = defineCommand({
  summary:
    'List the versions of a state, the newest first; the newest 100 are kept, and the last of each day for 30 days',
  arguments: [{ name: 'programId', optional: true, summary: 'the program; else that of the key' }],
  options: PAGING_OPTIONS,
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const programId = await requireProgramId(fleetbeat, call.arguments.programId);
    const { items: versions, nextCursor } = await collectPages('versions', call.options, (page) =>
      fleetbeat.state.versions(programId, page),
    );
    const columns: readonly Column<Version>[] = [
      { title: 'VERSION', text: ({ version }) => version, align: 'right' },
      { title: 'AGO', text: ({ at }) => formatAge(at, call.now()), align: 'right' },
      { title: 'BY', text: formatCause },
      { title: 'SESSION', text: ({ sessionId }) => sessionId, minWidth: 10 },
      { title: 'KEY', text: ({ keyId }) => keyId, minWidth: 8, dropOrder: 1 },
      { title: 'CHANGED', text: formatChanges, minWidth: 16 },
    ];
    call.print({ versions, nextCursor }, () =>
      versions.length === 0 ? 'Nothing was written yet.' : tableLines(columns, versions, call.layout()).join('\n'),
    );
    warnIfTruncated(call, versions.length, nextCursor);
  },
});

const formatCause = ({ cause, restoredVersion }: Version): string =>
  restoredVersion === null ? cause : `${cause} of ${restoredVersion}`;

function formatChanges({ sections, patternsAdded, patternsChanged, patternsRemoved }: Version): string {
  const patterns = [
    patternsAdded && `+${patternsAdded}`,
    patternsChanged && `~${patternsChanged}`,
    patternsRemoved && `-${patternsRemoved}`,
  ].filter(Boolean);
  return [...sections, ...(patterns.length > 0 ? [`patterns ${patterns.join(' ')}`] : [])].join(', ');
}
