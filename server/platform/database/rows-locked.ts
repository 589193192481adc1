import { Fault } from '../faults.ts';

/** Lock timeout on a row that another transaction holds. Nothing was stored; operations on other rows still work. */
export class RowsLocked extends Fault {
  constructor(cause: unknown) {
    super('unavailable', 'Another transaction holds what this would change. Try again in a moment.', {}, [], cause);
  }
}
