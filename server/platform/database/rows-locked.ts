import { Fault } from '../faults.ts';

/** A row stayed locked by another transaction for too long. Nothing was stored; what does not need that row still works. */
export class RowsLocked extends Fault {
  constructor(cause: unknown) {
    super('unavailable', 'Another transaction holds what this would change. Try again in a moment.', {}, [], cause);
  }
}
