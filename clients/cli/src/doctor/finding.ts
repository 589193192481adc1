/** The result of one check. */
export interface Finding {
  readonly check: string;
  /** `wrong` is what keeps something from working, `warning` what may. */
  readonly result: 'good' | 'warning' | 'wrong' | 'unknown';
  readonly says: string;
  /** The command that fixes it, or what to do. */
  readonly mend?: string;
}

type FindingFactory = (check: string, says: string, mend?: string) => Finding;

const findingFactory =
  (result: Finding['result']): FindingFactory =>
  (check, says, mend) => ({ check, result, says, ...(mend !== undefined && { mend }) });

export const good = findingFactory('good');
export const warning = findingFactory('warning');
export const wrong = findingFactory('wrong');
/** Not checked, because of an earlier finding. */
export const unknown = findingFactory('unknown');
