/** Data that a request needs, so that only missing rights can make it fail. */
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';
import { buildPushSubscription } from './push-service.ts';
import { randomName } from './test-server.ts';

export interface Prerequisites {
  /** For the removals, which nothing else may depend on. */
  readonly programId: string;
  readonly accountId: string;
  readonly taskId: string;
  readonly messageId: string;
  readonly questionId: string;
  readonly webhookId: string;
  readonly webSessionId: string;
  readonly subscriptionId: string;
  readonly invitationId: string;
  readonly patternId: string;
  /** A version of the state. */
  readonly version: number;
  /** The state as a document. */
  readonly document: unknown;
}

interface PrerequisiteOwner {
  /** A client with an admin's key of the same account. */
  readonly admin: Fleetbeat;
  readonly operator: Fleetbeat;
  readonly client: Fleetbeat;
  /** The client's key. */
  readonly key: string;
  readonly programId: string;
  readonly sessionId: string;
}

type PrerequisiteFactory = (owner: PrerequisiteOwner) => Promise<Partial<Prerequisites>>;

const createTask = async ({ client, programId }: PrerequisiteOwner) => ({
  taskId: (await client.tasks.create({ title: 'Work', target: programId })).taskId,
});

const createClaimedTask = async (owner: PrerequisiteOwner) => {
  const made = await createTask(owner);
  await owner.client.tasks.claim(made.taskId, owner.sessionId);
  return made;
};

/** In the program's own inbox. */
const createMessage = async ({ client, programId }: PrerequisiteOwner) => ({
  messageId: (await client.messages.send({ to: programId, kind: 'PING', text: 'Hello' })).messageId,
});

const askQuestion = async ({ client, sessionId }: PrerequisiteOwner) => ({
  questionId: (await client.questions.ask({ title: 'May I?', sessionId })).questionId,
});

const createPattern = async ({ client, programId }: PrerequisiteOwner) => {
  const patternId = randomName('pattern');
  const learnedPatterns = [{ id: patternId, domain: 'rights', pattern: 'Ask first', confidence: 0.5 }];
  const { version } = await client.state.update(programId, { learnedPatterns });
  return { patternId, version };
};

const createStateDocument = async (owner: PrerequisiteOwner) => {
  await createPattern(owner);
  return { document: await owner.client.state.export(owner.programId) };
};

/** Reused, because an account may have few. Nothing listens there: a test delivery fails at once. */
const ensureWebhook = async ({ admin }: PrerequisiteOwner) => {
  const [existing] = (await admin.webhooks.list()).webhooks;
  const made = existing ?? (await admin.webhooks.create({ url: 'http://127.0.0.1:1025/', types: ['mass-silence'] }));
  return { webhookId: made.webhookId };
};

/** Of the admin's key, so that nobody else sees it. */
const createPushSubscription = async ({ admin }: PrerequisiteOwner) => ({
  subscriptionId: (await admin.pushSubscriptions.create(buildPushSubscription())).subscriptionId,
});

/** Of the program's key. */
const createWebSession = async ({ client, key }: PrerequisiteOwner) => {
  await client.signIn({ key });
  const [made] = (await client.webSessions.list()).webSessions;
  return { webSessionId: made?.webSessionId ?? '' };
};

const createInvitation = async ({ admin, programId }: PrerequisiteOwner) => ({
  invitationId: (await admin.invitations.create({ programId })).invitationId,
});

/** Not the caller's own, whose removal is refused. */
const createRemovableProgram = async ({ admin }: PrerequisiteOwner) => {
  const programId = randomName('removable');
  await admin.keys.create({ programId });
  return { programId };
};

const createRemovableAccount = async ({ operator }: PrerequisiteOwner) => ({
  accountId: (await operator.accounts.create({ name: 'Removable' })).accountId,
});

/** By operation; the others need only what every target has. */
export const PREREQUISITE_FACTORIES: Readonly<Partial<Record<string, PrerequisiteFactory>>> = {
  removeProgram: createRemovableProgram,
  removeAccount: createRemovableAccount,
  listTasks: createTask,
  getTask: createTask,
  claimTask: createTask,
  releaseTask: createClaimedTask,
  completeTask: createClaimedTask,
  getMessage: createMessage,
  listMessages: createMessage,
  listSentMessages: createMessage,
  confirmDelivery: createMessage,
  acknowledgeMessage: createMessage,
  listQuestions: askQuestion,
  getQuestion: askQuestion,
  answerQuestion: askQuestion,
  withdrawQuestion: askQuestion,
  listPatterns: createPattern,
  getPattern: createPattern,
  removePattern: createPattern,
  reinforcePattern: createPattern,
  promotePattern: createPattern,
  setPatternStatus: createPattern,
  listStateVersions: createPattern,
  getStateVersion: createPattern,
  diffState: createPattern,
  restoreState: createPattern,
  exportState: createPattern,
  importState: createStateDocument,
  listWebhooks: ensureWebhook,
  getWebhook: ensureWebhook,
  updateWebhook: ensureWebhook,
  deleteWebhook: ensureWebhook,
  rotateWebhookSecret: ensureWebhook,
  testWebhook: ensureWebhook,
  listWebhookDeliveries: ensureWebhook,
  getPushSubscriptions: createPushSubscription,
  deletePushSubscription: createPushSubscription,
  listWebSessions: createWebSession,
  endWebSession: createWebSession,
  getInvitation: createInvitation,
  withdrawInvitation: createInvitation,
};
