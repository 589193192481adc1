import type { components } from '@fleetbeat/client';
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { oneLine } from '../text.ts';
import { parseVersion } from './parse-version.ts';

type Difference = components['schemas']['StateDifference'];

export const diff = defineCommand({
  summary: 'Compare two versions of a state; without versions, the newest with the one before',
  arguments: [
    { name: 'programId', summary: 'the program' },
    { name: 'from', optional: true, summary: 'the older version' },
    { name: 'to', optional: true, summary: 'the newer version; the newest unless told' },
  ],
  examples: [
    ['fleetbeat state diff builder', 'What did the last write change?'],
    ['fleetbeat state diff builder 3 7', 'What happened between the two?'],
  ],
  run: async (call) => {
    const { programId, from, to } = call.arguments;
    const fleetbeat = await call.fleetbeat();
    const newest = to === undefined ? (await fleetbeat.state.read(programId)).version : parseVersion(to);
    if (newest === 0) throw new Failure(`Nothing was written to the state of ${programId} yet`, EXIT.notFound);
    const oldest = from === undefined ? Math.max(1, newest - 1) : parseVersion(from);
    const difference = await fleetbeat.state.diff(programId, oldest, newest);
    call.print(difference, () => formatDifference(difference, call));
  },
});

/** Each changed field, and under it what it was and what it is. */
function formatDifference({ from, to, changes, leftOut }: Difference, { paint }: Pick<Call, 'paint'>): string {
  if (changes.length === 0) return `Versions ${from} and ${to} are alike.`;
  const line = (sign: string, value: unknown, colour: (text: string) => string) =>
    value === undefined || value === null ? [] : [colour(`  ${sign} ${oneLine(JSON.stringify(value))}`)];
  return [
    paint.dim(`version ${from} → ${to}`),
    ...changes.flatMap(({ pointer, before, after }) => [
      paint.strong(oneLine(pointer)),
      ...line('-', before, paint.bad),
      ...line('+', after, paint.good),
    ]),
    ...(leftOut > 0 ? [paint.warn(`${leftOut} more changes are not shown`)] : []),
  ].join('\n');
}
