/** A request of every operation against a target. */

import type { Prerequisites } from './prerequisites.ts';
import { buildPushSubscription } from './push-service.ts';
import { randomName } from './test-server.ts';

/** What a request is aimed at, with what was made for it. All of it is there; each key and session is used once. */
export interface TargetIds extends Partial<Omit<Prerequisites, 'programId' | 'accountId'>> {
  readonly accountId: string;
  readonly programId: string;
  readonly sessionId: string;
  readonly keyId: string;
  /** The program that claims or completes a task, if not the session's. */
  readonly claimantId?: string;
}

export interface ApiCall {
  readonly path: string;
  readonly body?: unknown;
}

/** A new operation must be added here, with who may call it, before the tests pass. */
export const CALL_BUILDERS: Readonly<Partial<Record<string, (aim: TargetIds) => ApiCall>>> = {
  createSession: ({ programId }) => ({
    path: '/v1/sessions',
    body: { name: 'A run', sessionId: randomName('made'), programId },
  }),
  listSessions: ({ programId }) => ({ path: `/v1/sessions?programId=${programId}` }),
  getSession: ({ sessionId }) => ({ path: `/v1/sessions/${sessionId}` }),
  updateSession: ({ sessionId }) => ({ path: `/v1/sessions/${sessionId}`, body: { status: 'Touched' } }),
  getFleetHealth: () => ({ path: '/v1/fleet/health' }),
  getFleetHistory: ({ programId }) => ({ path: `/v1/fleet/history?programId=${programId}` }),
  listPrograms: () => ({ path: '/v1/programs' }),
  getProgram: ({ programId }) => ({ path: `/v1/programs/${programId}` }),
  updateProgram: ({ programId }) => ({ path: `/v1/programs/${programId}`, body: { displayName: 'Touched' } }),
  removeProgram: ({ programId }) => ({ path: `/v1/programs/${programId}` }),
  getProgramState: ({ programId }) => ({ path: `/v1/programs/${programId}/state` }),
  updateProgramState: ({ programId }) => ({
    path: `/v1/programs/${programId}/state`,
    body: { contextSummary: { lastTask: 'Touched' } },
  }),
  createKey: ({ programId }) => ({ path: '/v1/keys', body: { programId } }),
  listKeys: ({ programId }) => ({ path: `/v1/keys?programId=${programId}` }),
  getKey: ({ keyId }) => ({ path: `/v1/keys/${keyId}` }),
  revokeKey: ({ keyId }) => ({ path: `/v1/keys/${keyId}` }),
  rotateKey: ({ keyId }) => ({ path: `/v1/keys/${keyId}/rotate` }),
  whoAmI: () => ({ path: '/v1/me' }),
  signOut: () => ({ path: '/v1/sign-out' }),
  signOutEverywhere: () => ({ path: '/v1/sign-out-everywhere', body: {} }),
  listWebSessions: () => ({ path: '/v1/web-sessions' }),
  endWebSession: ({ webSessionId }) => ({ path: `/v1/web-sessions/${webSessionId}` }),
  createInvitation: ({ programId }) => ({ path: '/v1/invitations', body: { programId } }),
  listInvitations: () => ({ path: '/v1/invitations' }),
  getInvitation: ({ invitationId }) => ({ path: `/v1/invitations/${invitationId}` }),
  withdrawInvitation: ({ invitationId }) => ({ path: `/v1/invitations/${invitationId}` }),
  getAuthorizationRequest: () => ({ path: '/v1/authorization-requests/V1StGXR8_Z5jdHi6B-myT' }),
  approveAuthorizationRequest: () => ({
    path: '/v1/authorization-requests/V1StGXR8_Z5jdHi6B-myT/approve',
    body: { role: 'auditor' },
  }),
  createAccount: () => ({ path: '/v1/accounts', body: { name: 'Made' } }),
  listAccounts: () => ({ path: '/v1/accounts' }),
  getAccount: ({ accountId }) => ({ path: `/v1/accounts/${accountId}` }),
  updateAccount: ({ accountId }) => ({ path: `/v1/accounts/${accountId}`, body: { name: 'Touched' } }),
  removeAccount: ({ accountId }) => ({ path: `/v1/accounts/${accountId}` }),
  getSessionTimeline: ({ sessionId }) => ({ path: `/v1/sessions/${sessionId}/timeline` }),
  reportTurnLimit: ({ sessionId }) => ({
    path: `/v1/sessions/${sessionId}/turn-limit`,
    body: { turns: 8, waitingMessages: 1, senders: [] },
  }),
  endMassSilence: () => ({ path: '/v1/fleet/mass-silence' }),
  bootProgram: ({ programId }) => ({
    path: `/v1/programs/${programId}/boot`,
    body: { name: 'A run', sessionId: randomName('made') },
  }),
  createTask: ({ programId }) => ({ path: '/v1/tasks', body: { title: 'Work', target: programId } }),
  listTasks: ({ programId }) => ({ path: `/v1/tasks?target=${programId}` }),
  getTask: ({ taskId }) => ({ path: `/v1/tasks/${taskId}` }),
  claimTask: ({ taskId, sessionId, claimantId = sessionId }) => ({
    path: `/v1/tasks/${taskId}/claim`,
    body: { sessionId: claimantId },
  }),
  releaseTask: ({ taskId, sessionId, claimantId = sessionId }) => ({
    path: `/v1/tasks/${taskId}/release`,
    body: { sessionId: claimantId },
  }),
  completeTask: ({ taskId, sessionId, claimantId = sessionId }) => ({
    path: `/v1/tasks/${taskId}/complete`,
    body: { outcome: 'succeeded', sessionId: claimantId },
  }),
  askHuman: ({ sessionId }) => ({ path: '/v1/questions', body: { title: 'May I?', sessionId } }),
  listQuestions: ({ programId }) => ({ path: `/v1/questions?programId=${programId}` }),
  getQuestion: ({ questionId }) => ({ path: `/v1/questions/${questionId}` }),
  answerQuestion: ({ questionId }) => ({ path: `/v1/questions/${questionId}/answer`, body: { text: 'Yes' } }),
  withdrawQuestion: ({ questionId }) => ({ path: `/v1/questions/${questionId}/withdraw` }),
  sendMessage: ({ programId }) => ({ path: '/v1/messages', body: { to: programId, kind: 'PING', text: 'Hello' } }),
  getMessage: ({ messageId }) => ({ path: `/v1/messages/${messageId}` }),
  listMessages: ({ programId }) => ({ path: `/v1/messages?programId=${programId}` }),
  listSentMessages: () => ({ path: '/v1/messages/sent?limit=50' }),
  confirmDelivery: ({ programId, messageId }) => ({
    path: `/v1/messages/deliveries?programId=${programId}`,
    body: { messageIds: [messageId] },
  }),
  acknowledgeMessage: ({ programId, messageId }) => ({
    path: `/v1/messages/${messageId}/acknowledge?programId=${programId}`,
  }),
  listPatterns: ({ programId }) => ({ path: `/v1/programs/${programId}/patterns` }),
  getPattern: (targetIds) => ({ path: patternPath(targetIds) }),
  removePattern: (targetIds) => ({ path: patternPath(targetIds) }),
  reinforcePattern: (targetIds) => ({ path: `${patternPath(targetIds)}/reinforce`, body: {} }),
  promotePattern: (targetIds) => ({ path: `${patternPath(targetIds)}/promote`, body: {} }),
  setPatternStatus: (targetIds) => ({ path: `${patternPath(targetIds)}/status`, body: { status: 'refuted' } }),
  listStateVersions: ({ programId }) => ({ path: `/v1/programs/${programId}/state/versions` }),
  getStateVersion: ({ programId, version }) => ({ path: `/v1/programs/${programId}/state/versions/${version}` }),
  diffState: ({ programId, version }) => ({
    path: `/v1/programs/${programId}/state/diff?from=${version}&to=${version}`,
  }),
  restoreState: ({ programId, version }) => ({
    path: `/v1/programs/${programId}/state/restore`,
    body: { version },
  }),
  exportState: ({ programId }) => ({ path: `/v1/programs/${programId}/state/export` }),
  importState: ({ programId, document }) => ({
    path: `/v1/programs/${programId}/state/import`,
    body: { document },
  }),
  streamEvents: ({ programId }) => ({ path: `/v1/events?programId=${programId}&after=0` }),
  createPushSubscription: () => ({ path: '/v1/push-subscriptions', body: buildPushSubscription() }),
  getPushSubscriptions: () => ({ path: '/v1/push-subscriptions' }),
  deletePushSubscription: ({ subscriptionId }) => ({ path: `/v1/push-subscriptions/${subscriptionId}` }),
  createWebhook: () => ({ path: '/v1/webhooks', body: { url: 'http://127.0.0.1:1025/', types: ['task.created'] } }),
  listWebhooks: () => ({ path: '/v1/webhooks' }),
  getWebhook: ({ webhookId }) => ({ path: `/v1/webhooks/${webhookId}` }),
  updateWebhook: ({ webhookId }) => ({ path: `/v1/webhooks/${webhookId}`, body: { description: 'Touched' } }),
  deleteWebhook: ({ webhookId }) => ({ path: `/v1/webhooks/${webhookId}` }),
  rotateWebhookSecret: ({ webhookId }) => ({ path: `/v1/webhooks/${webhookId}/rotate` }),
  testWebhook: ({ webhookId }) => ({ path: `/v1/webhooks/${webhookId}/test` }),
  listWebhookDeliveries: ({ webhookId }) => ({ path: `/v1/webhooks/${webhookId}/deliveries` }),
  listAudit: () => ({ path: '/v1/audit' }),
  getMetrics: () => ({ path: '/metrics' }),
};

const patternPath = ({ programId, patternId }: TargetIds) => `/v1/programs/${programId}/patterns/${patternId}`;
