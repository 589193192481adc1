import { expect, test } from 'vitest';
import { formatDeliveryStatus } from './delivery-status.ts';

test.each([
  [{ delivered: 0, read: 0 }, 'Nobody was there to get it'],
  [{ delivered: 1, read: 0 }, 'Waits in the inbox'],
  [{ delivered: 1, read: 1 }, 'Dealt with'],
  [{ delivered: 12, read: 3 }, 'Dealt with by 3 of 12'],
])('%j: %s', (message, words) => {
  expect(formatDeliveryStatus(message)).toBe(words);
});
