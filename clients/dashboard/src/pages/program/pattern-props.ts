import type { Pattern } from './pattern-filter.ts';

/** What the card of a pattern and its dialogs share. */
export interface PatternProps {
  readonly programId: string;
  readonly pattern: Pattern;
  readonly others: readonly Pattern[];
  readonly onChanged: () => void;
}
