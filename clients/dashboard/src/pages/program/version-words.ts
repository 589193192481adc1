/** What one write to a memory did, in words. Pure. */
import type { components } from '@fleetbeat/client';
import { fieldName } from './difference-words.ts';

export type Version = components['schemas']['StateVersion'];

const CAUSES = {
  write: 'Written',
  reinforce: 'A pattern was reinforced',
  promote: 'A promotion changed',
  status: "A pattern's status changed",
  remove: 'A pattern was removed',
  restore: 'Restored',
  import: 'Imported',
} as const;

export const causeText = ({ cause, restoredVersion }: Pick<Version, 'cause' | 'restoredVersion'>): string =>
  cause === 'restore' && restoredVersion !== null ? `Went back to version ${restoredVersion}` : CAUSES[cause];

const counted = (count: number, verb: string): string[] =>
  count === 0 ? [] : [`${count} pattern${count === 1 ? '' : 's'} ${verb}`];

/** What it changed, or that it changed nothing. */
export function changesText({
  sections,
  patternsAdded,
  patternsChanged,
  patternsRemoved,
}: Pick<Version, 'sections' | 'patternsAdded' | 'patternsChanged' | 'patternsRemoved'>): string {
  const words = [
    ...sections.map(fieldName),
    ...counted(patternsAdded, 'added'),
    ...counted(patternsChanged, 'changed'),
    ...counted(patternsRemoved, 'removed'),
  ];
  return words.length === 0 ? 'no change' : words.join(', ');
}
