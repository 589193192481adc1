import { expect } from 'vitest';

/**
 * Promises that each of the calls, all of them under way already, is refused with what `refusal` says.
 * They are awaited together: one that is refused while another is still awaited would count as handled by nobody.
 */
export const expectAllRejected = (calls: readonly Promise<unknown>[], refusal: object) =>
  Promise.all(calls.map((call) => expect(call).rejects.toMatchObject(refusal)));
