import type { components } from '@fleetbeat/client';
import { ageText } from '../ages.ts';
import { defineCommand } from '../command.ts';
import { gather, PAGED, tellOfMore } from '../pages.ts';
import { programOf } from '../programs/own.ts';
import { type Column, tableLines } from '../table.ts';

type Pattern = components['schemas']['LearnedPattern'];

export const patternColumns = (now: number): readonly Column<Pattern>[] => [
  { title: 'PATTERN', text: ({ id }) => id, least: 10 },
  { title: 'DOMAIN', text: ({ domain }) => domain, least: 8, leaves: 1 },
  { title: 'SURE', text: ({ confidence }) => `${Math.floor(confidence * 100)}%`, align: 'right' },
  { title: 'AGE', text: ({ lastReinforcedAt }) => ageText(lastReinforcedAt, now), align: 'right' },
  {
    title: 'STANDING',
    text: (pattern) => standing(pattern),
    colour: ({ status, stale }, paint) => (status !== 'active' || stale ? paint.dim : undefined),
  },
  { title: 'TEXT', text: ({ pattern }) => pattern, least: 20 },
];

function standing({ status, promoted, stale }: Pattern): string {
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
    ...PAGED,
  },
  examples: [['fleetbeat state patterns builder jwt', 'What does builder know about JWT?']],
  run: async (call) => {
    const { limit: _limit, all: _all, ...filter } = call.options;
    const { text } = call.arguments;
    const fleetbeat = await call.fleetbeat();
    const programId = await programOf(fleetbeat, call.arguments.programId);
    const { items, nextCursor } = await gather('patterns', call.options, (page) =>
      fleetbeat.patterns.list(programId, { ...filter, ...page, ...(text !== undefined && { text }) }),
    );
    call.print({ patterns: items, nextCursor }, () =>
      items.length === 0 ? 'No patterns.' : tableLines(patternColumns(call.now()), items, call.layout()).join('\n'),
    );
    tellOfMore(call, items.length, nextCursor);
  },
});
