import type { components } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { formatInstant, formatKeyValues } from '../key-values.ts';
import { requireProgramId } from '../programs/require-program.ts';
import { tableLines } from '../table.ts';
import { pluralize } from '../text.ts';
import { patternColumns } from './patterns.ts';

type State = components['schemas']['ProgramState'];

export const show = defineCommand({
  summary: 'Show what a program remembers, now or at another time',
  arguments: [{ name: 'programId', optional: true, summary: 'the program; else that of the key' }],
  options: {
    at: { type: 'number', value: 'version', integer: true, min: 0, summary: 'as it was in a version' },
    asOf: { type: 'text', value: 'instant', summary: 'as it was at a time, such as 2026-02-24T10:30:00Z' },
  },
  examples: [
    ['fleetbeat state show builder', 'What the next session of builder starts with'],
    ["fleetbeat state show builder --json | jq '.contextSummary.handoffNotes'", 'One field'],
  ],
  run: async (call) => {
    const { at: version, asOf } = call.options;
    if (version !== undefined && asOf !== undefined)
      throw new Failure('--at and --as-of each name a time; give one of them', EXIT.usage);
    const fleetbeat = await call.fleetbeat();
    const programId = await requireProgramId(fleetbeat, call.arguments.programId);
    const state =
      version === undefined
        ? await fleetbeat.state.read(programId, asOf === undefined ? {} : { asOf })
        : await fleetbeat.state.readVersion(programId, version);
    call.print(state, () => formatState(state, call));
  },
});

/** A state for reading; what is empty is left out. */
function formatState(state: State, call: Pick<Call, 'now' | 'paint' | 'layout'>): string {
  const { contextSummary, config, baselines, learnedPatterns } = state;
  const now = call.now();
  const expired = state.contextSummaryExpired ? ' (older than its time to live)' : '';
  const facts = formatKeyValues(
    [
      ['Program', state.programId],
      ['Version', state.exists ? state.version : '0: nothing is stored yet'],
      ['Written', formatInstant(state.updatedAt, now, (at) => `${formatAge(at, now)} ago`)],
      ['By session', state.sessionId],
      ['Last task', contextSummary.lastTask && `${contextSummary.lastTask}${expired}`],
      ['Active', contextSummary.activeWorkItems.join('\n')],
      ['Handoff', contextSummary.handoffNotes],
      ['Questions', contextSummary.openQuestions.join('\n')],
      ['Config', formatFields(config)],
      ['Baselines', formatFields(baselines)],
    ],
    call.paint,
  );
  if (learnedPatterns.length === 0) return facts;
  const table = tableLines(patternColumns(now), learnedPatterns, call.layout());
  return [facts, '', call.paint.strong(pluralize(learnedPatterns.length, 'pattern')), ...table].join('\n');
}

/** The fields that have something, as JSON a line each. */
const formatFields = (section: Readonly<Record<string, unknown>>): string =>
  Object.entries(section)
    .filter(([, value]) => value !== null && value !== 0 && Object.keys(Object(value)).length + countScalar(value) > 0)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join('\n');

const countScalar = (value: unknown): number => (typeof value === 'object' ? 0 : 1);
