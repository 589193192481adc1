/** Labels for the versions of a state. Pure. */
import type { components } from '@fleetbeat/client';
import { formatFieldName } from './difference-labels.ts';

export type Version = components['schemas']['StateVersion'];

const CAUSE_LABELS = {
  write: 'Written',
  reinforce: 'A pattern was reinforced',
  promote: 'A promotion changed',
  status: "A pattern's status changed",
  remove: 'A pattern was removed',
  restore: 'Restored',
  import: 'Imported',
} as const;

export const formatCause = ({ cause, restoredVersion }: Pick<Version, 'cause' | 'restoredVersion'>): string =>
  cause === 'restore' && restoredVersion !== null ? `Went back to version ${restoredVersion}` : CAUSE_LABELS[cause];

const formatPatternCount = (count: number, verb: string): string[] =>
  count === 0 ? [] : [`${count} pattern${count === 1 ? '' : 's'} ${verb}`];

/** The changed sections and counts, or that nothing changed. */
export function formatChanges({
  sections,
  patternsAdded,
  patternsChanged,
  patternsRemoved,
}: Pick<Version, 'sections' | 'patternsAdded' | 'patternsChanged' | 'patternsRemoved'>): string {
  const words = [
    ...sections.map(formatFieldName),
    ...formatPatternCount(patternsAdded, 'added'),
    ...formatPatternCount(patternsChanged, 'changed'),
    ...formatPatternCount(patternsRemoved, 'removed'),
  ];
  return words.length === 0 ? 'no change' : words.join(', ');
}
