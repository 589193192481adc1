import type { components } from '@fleetbeat/client';
import { ageText } from '../ages.ts';
import { defineCommand } from '../command.ts';
import { gather, PAGED, tellOfMore } from '../pages.ts';
import { programOf } from '../programs/own.ts';
import { type Column, tableLines } from '../table.ts';

type Version = components['schemas']['StateVersion'];

export const history = defineCommand({
  summary: 'List the versions of a state, the newest first; the newest 100 are kept',
  arguments: [{ name: 'programId', optional: true, summary: 'the program; else that of the key' }],
  options: PAGED,
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const programId = await programOf(fleetbeat, call.arguments.programId);
    const { items: versions, nextCursor } = await gather('versions', call.options, (page) =>
      fleetbeat.state.versions(programId, page),
    );
    const columns: readonly Column<Version>[] = [
      { title: 'VERSION', text: ({ version }) => version, align: 'right' },
      { title: 'AGO', text: ({ at }) => ageText(at, call.now()), align: 'right' },
      { title: 'BY', text: causeOf },
      { title: 'SESSION', text: ({ sessionId }) => sessionId, least: 10 },
      { title: 'KEY', text: ({ keyId }) => keyId, least: 8, leaves: 1 },
      { title: 'CHANGED', text: changesOf, least: 16 },
    ];
    call.print({ versions, nextCursor }, () =>
      versions.length === 0 ? 'Nothing was written yet.' : tableLines(columns, versions, call.layout()).join('\n'),
    );
    tellOfMore(call, versions.length, nextCursor);
  },
});

const causeOf = ({ cause, restoredVersion }: Version): string =>
  restoredVersion === null ? cause : `${cause} of ${restoredVersion}`;

function changesOf({ sections, patternsAdded, patternsChanged, patternsRemoved }: Version): string {
  const patterns = [
    patternsAdded && `+${patternsAdded}`,
    patternsChanged && `~${patternsChanged}`,
    patternsRemoved && `-${patternsRemoved}`,
  ].filter(Boolean);
  return [...sections, ...(patterns.length > 0 ? [`patterns ${patterns.join(' ')}`] : [])].join(', ');
}
