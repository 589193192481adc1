/** What a check has found. */
export interface Finding {
  readonly check: string;
  /** `wrong` is what keeps something from working, `warning` what may. */
  readonly result: 'good' | 'warning' | 'wrong' | 'unknown';
  readonly says: string;
  /** The command that mends it, or what to do. */
  readonly mend?: string;
}

type FindingFactory = (check: string, says: string, mend?: string) => Finding;

const findingFactory =
  (result: Finding['result']): FindingFactory =>
  (check, says, mend) => ({ check, result, says, ...(mend !== undefined && { mend }) });

export const good = findingFactory('good');
export const warning = findingFactory('warning');
export const wrong = findingFactory('wrong');
/** It could not be looked at, because of something that was found before. */
export const unknown = findingFactory('unknown');
