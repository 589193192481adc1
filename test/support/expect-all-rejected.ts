import { expect } from 'vitest';

/**
 * Asserts that each of the pending calls is rejected with `refusal`. They are awaited together: one that rejects while
 * another is awaited would be an unhandled rejection.
 */
export const expectAllRejected = (calls: readonly Promise<unknown>[], refusal: object) =>
  Promise.all(calls.map((call) => expect(call).rejects.toMatchObject(refusal)));
