/** What a program makes before a request is aimed at it, so that nothing but a right can stop the request. */
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';
import { randomName } from './house.ts';

export interface Made {
  readonly taskId: string;
  readonly messageId: string;
  readonly webhookId: string;
  readonly patternId: string;
  /** A version of the state. */
  readonly version: number;
  /** The state as a document. */
  readonly document: unknown;
}

interface Owner {
  /** A client with an admin's key of the same account. */
  readonly admin: Fleetbeat;
  readonly client: Fleetbeat;
  readonly programId: string;
  readonly sessionId: string;
}

type Maker = (owner: Owner) => Promise<Partial<Made>>;

const task = async ({ client, programId }: Owner) => ({
  taskId: (await client.tasks.create({ title: 'Work', target: programId })).taskId,
});

const claimedTask = async (owner: Owner) => {
  const made = await task(owner);
  await owner.client.tasks.claim(made.taskId, owner.sessionId);
  return made;
};

/** In the program's own inbox. */
const message = async ({ client, programId }: Owner) => ({
  messageId: (await client.messages.send({ to: programId, kind: 'PING', text: 'Hello' })).messageId,
});

const pattern = async ({ client, programId }: Owner) => {
  const patternId = randomName('pattern');
  const learnedPatterns = [{ id: patternId, domain: 'rights', pattern: 'Ask first', confidence: 0.5 }];
  const { version } = await client.state.update(programId, { learnedPatterns });
  return { patternId, version };
};

const document = async (owner: Owner) => {
  await pattern(owner);
  return { document: await owner.client.state.export(owner.programId) };
};

/** One that the account has, for it may not have many. Nobody listens there: a test delivery fails at once. */
const webhook = async ({ admin }: Owner) => {
  const [known] = (await admin.webhooks.list()).webhooks;
  const made = known ?? (await admin.webhooks.create({ url: 'http://127.0.0.1:1/', kinds: ['mass-silence'] }));
  return { webhookId: made.webhookId };
};

/** By operation; the others need nothing but what every aim has. */
export const MAKERS: Readonly<Partial<Record<string, Maker>>> = {
  listTasks: task,
  getTask: task,
  claimTask: task,
  releaseTask: claimedTask,
  completeTask: claimedTask,
  listMessages: message,
  listSentMessages: message,
  acknowledgeMessage: message,
  listPatterns: pattern,
  removePattern: pattern,
  reinforcePattern: pattern,
  promotePattern: pattern,
  setPatternStatus: pattern,
  listStateVersions: pattern,
  getStateVersion: pattern,
  diffState: pattern,
  restoreState: pattern,
  exportState: pattern,
  importState: document,
  listWebhooks: webhook,
  getWebhook: webhook,
  updateWebhook: webhook,
  deleteWebhook: webhook,
  rotateWebhookSecret: webhook,
  testWebhook: webhook,
  listWebhookDeliveries: webhook,
};
