/** Tasks and messages that wait, put straight into their tables. */
import { randomName, type TestHouse } from './house.ts';
import { insertRow } from './sql.ts';

interface TaskState {
  readonly state?: 'created' | 'claimed' | 'completed';
  /** A claim holds while this session is alive. */
  readonly claimedSession?: string;
  readonly expiresAt?: number;
}
interface MessageState {
  readonly readAt?: number;
  readonly expiresAt?: number;
}

/** The account that a test's house makes for itself. */
const MAIN = 'main';

/** `*` as target is work for everybody. */
export const putTask = (house: TestHouse, target: string, given: TaskState = {}, accountId = MAIN) =>
  insertRow(house.database, 'tasks', {
    accountId,
    taskId: randomName('task'),
    target,
    state: given.state ?? 'created',
    title: 'Fix it',
    instructions: '',
    priority: 3,
    turn: house.clock.now(),
    createdByKey: 'somebody',
    claimedSession: given.claimedSession ?? null,
    createdAt: house.clock.now(),
    expiresAt: given.expiresAt ?? null,
  });

export const putMessage = (house: TestHouse, recipient: string, given: MessageState = {}, accountId = MAIN) =>
  insertRow(house.database, 'message_deliveries', {
    accountId,
    recipient,
    messageId: randomName('message'),
    createdAt: house.clock.now(),
    readAt: given.readAt ?? null,
    expiresAt: given.expiresAt ?? null,
  });
