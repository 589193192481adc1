import type { components } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import { defineCommand } from '../command.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { requireProgramId } from '../programs/require-program.ts';
import { type Column, tableLines } from '../table.ts';

type Pattern = components['schemas']['LearnedPattern'];

export const patternColumns = (now: number): readonly Column<Pattern>[] => [
  { title: 'PATTERN', text: ({ id }) => id, minWidth: 10 },
  { title: 'DOMAIN', text: ({ domain }) => domain, minWidth: 8, dropOrder: 1 },
  { title: 'CONFIDENCE', text: ({ confidence }) => `${Math.floor(confidence * 100)}%`, align: 'right' },
  { title: 'AGE', text: ({ lastReinforcedAt }) => formatAge(lastReinforcedAt, now), align: 'right' },
  {
    title: 'STATUS',
    text: (pattern) => patternStatus(pattern),
    colour: ({ status, stale }, paint) => (status !== 'active' || stale ? paint.dim : undefined),
  },
  { title: 'TEXT', text: ({ pattern }) => pattern, minWidth: 20 },
];

function patternStatus({ status, promoted, stale }: Pattern): string {
  if (status !== 'active') return status;
  return promoted ? 'promoted' : stale ? 'stale' : 'active';
}

export const patterns = defineCommand({
  summary: 'List or search the patterns that a program has learned',
  arguments: [
    { name: 'programId', summary: 'the program' },
    { name: 'text', optional: true, summary: 'words that they hold' },
  ],
  options: {
    domain: { type: 'text', value: 'domain', summary: 'those of a domain' },
    status: {
      type: 'text',
      value: 'status',
      choices: ['active', 'superseded', 'refuted', 'all'],
      summary: 'those of a status; active unless told',
    },
    ...PAGING_OPTIONS,
  },
  examples: [['fleetbeat state patterns builder jwt', 'What does builder know about JWT?']],
  run: async (call) => {
    const { limit: _limit, all: _all, ...filter } = call.options;
    const { text } = call.arguments;
    const fleetbeat = await call.fleetbeat();
    const programId = await requireProgramId(fleetbeat, call.arguments.programId);
    const { items, nextCursor } = await collectPages('patterns', call.options, (page) =>
      fleetbeat.patterns.list(programId, { ...filter, ...page, ...(text !== undefined && { text }) }),
    );
    call.print({ patterns: items, nextCursor }, () =>
      items.length === 0 ? 'No patterns.' : tableLines(patternColumns(call.now()), items, call.layout()).join('\n'),
    );
    warnIfTruncated(call, items.length, nextCursor);
  },
});
