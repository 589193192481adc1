import { expect, test } from 'vitest';
import { formatDeliveryStatus, formatInboxStatus } from './delivery-status.ts';

test.each([
  [[0, 0, 0, 0], 'Nobody was there to get it'],
  [[1, 0, 0, 0], 'Waits in the inbox'],
  [[1, 1, 0, 0], 'Its agent has read it'],
  [[1, 1, 1, 0], 'Dealt with'],
  [[1, 1, 0, 1], 'Answered'],
  [[1, 1, 1, 1], 'Answered and dealt with'],
  [[12, 5, 3, 0], 'Reached 5 of 12, dealt with by 3'],
  [[12, 5, 3, 2], 'Reached 5 of 12, dealt with by 3, answered by 2'],
] as const)('recipients, delivered, acknowledged, answered %j: %s', (counts, words) => {
  const [recipients, delivered, acknowledged, answered] = counts;
  expect(formatDeliveryStatus({ recipients, delivered, acknowledged, answered })).toBe(words);
});

test.each([
  [null, null, 'Has not reached the agent yet'],
  ['2026-02-24T10:00:00.000Z', null, 'The agent has it, not dealt with yet'],
  ['2026-02-24T10:00:00.000Z', '2026-02-24T10:01:00.000Z', 'Answered, not dealt with yet'],
])('delivered %j, answered %j: %s', (deliveredAt, answeredAt, words) => {
  expect(formatInboxStatus({ deliveredAt, answeredAt })).toBe(words);
});
