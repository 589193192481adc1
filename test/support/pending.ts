/** Tasks and messages that wait, put straight into their tables. */
import { randomName, type TestHouse } from './house.ts';
import { insertRows } from './rows.ts';

interface Waiting {
  readonly state?: 'created' | 'claimed' | 'completed';
  readonly readAt?: number;
  readonly expiresAt?: number;
}

/** The account that the tests' house makes for itself. */
export const MAIN_ACCOUNT = 'main';

/** `*` as target is work for everybody. */
export const putTask = (house: TestHouse, target: string, { state = 'created', expiresAt }: Waiting = {}) =>
  insertRows(house.database, 'tasks', [
    {
      accountId: MAIN_ACCOUNT,
      taskId: randomName('task'),
      target,
      state,
      title: 'Fix it',
      createdAt: house.clock.now(),
      expiresAt: expiresAt ?? null,
    },
  ]);

export const putMessage = (house: TestHouse, recipient: string, { readAt, expiresAt }: Waiting = {}) =>
  insertRows(house.database, 'message_deliveries', [
    {
      accountId: MAIN_ACCOUNT,
      recipient,
      messageId: randomName('message'),
      createdAt: house.clock.now(),
      readAt: readAt ?? null,
      expiresAt: expiresAt ?? null,
    },
  ]);
