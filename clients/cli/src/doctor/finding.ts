/** What a check has found. */
export interface Finding {
  readonly check: string;
  /** `wrong` is what keeps something from working, `warning` what may. */
  readonly result: 'good' | 'warning' | 'wrong' | 'unknown';
  readonly says: string;
  /** The command that mends it, or what to do. */
  readonly mend?: string;
}

type Make = (check: string, says: string, mend?: string) => Finding;

const make =
  (result: Finding['result']): Make =>
  (check, says, mend) => ({ check, result, says, ...(mend !== undefined && { mend }) });

export const good = make('good');
export const warning = make('warning');
export const wrong = make('wrong');
/** It could not be looked at, because of something that was found before. */
export const unknown = make('unknown');
