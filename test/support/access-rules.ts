/** The rights of every operation as rules.md has them: what is finer than the roles in the contract. */
import type { Role } from '../../openapi/operations.ts';
import type { OperationId } from '../../server/platform/operations.ts';

export const TARGETS = ['its own program', 'another program', 'another account'] as const;
export type Target = (typeof TARGETS)[number];

/** `made` and the like are the contract's success; `hidden` is 404: what is another account's is not there. */
export type ExpectedAccess = 'allowed' | 'denied' | 'hidden';
type AccessRule = (role: Role, target: Target) => ExpectedAccess;

const ownOnly: AccessRule = (_role, target) => (target === 'its own program' ? 'allowed' : 'denied');
const hiddenOutsideAccount: AccessRule = (_role, target) => (target === 'another account' ? 'hidden' : 'allowed');
/** What another account has is not there for anybody; a program acts as its own sessions only. */
const asOwnSession: AccessRule = (role, target) =>
  target === 'another account' || role !== 'program' ? hiddenOutsideAccount(role, target) : ownOnly(role, target);
/** A program is refused whatever is not its own, without learning whether it is there. */
const ownUnlessTrusted =
  (...trusted: readonly Role[]): AccessRule =>
  (role, target) =>
    trusted.includes(role) ? hiddenOutsideAccount(role, target) : ownOnly(role, target);

/** What another program has asked is not there for a program. */
const hiddenUnlessOwn: AccessRule = (role, target) =>
  role === 'program' && target !== 'its own program' ? 'hidden' : hiddenOutsideAccount(role, target);

/** Finer than the roles of the contract. An operation that is not here is open to its roles, and sees its own account. */
const ACCESS_RULES: Readonly<Partial<Record<OperationId, AccessRule>>> = {
  // An admin who names a program that only another account has opens one of that name in its own.
  createSession: (role, target) => (role === 'program' ? ownOnly(role, target) : 'allowed'),
  // An admin who boots a program that only another account has opens one of that name in its own.
  bootProgram: (role, target) => (role === 'program' ? ownOnly(role, target) : 'allowed'),
  // There is no mass silence to end: an admin may ask, and is told so.
  endMassSilence: () => 'hidden',
  getSession: hiddenOutsideAccount,
  getSessionTimeline: hiddenOutsideAccount,
  updateSession: asOwnSession,
  reportTurnLimit: asOwnSession,
  getProgram: hiddenOutsideAccount,
  updateProgram: hiddenOutsideAccount,
  removeProgram: hiddenOutsideAccount,
  getProgramState: ownUnlessTrusted('auditor', 'admin', 'operator'),
  updateProgramState: ownOnly,
  getKey: hiddenOutsideAccount,
  revokeKey: hiddenOutsideAccount,
  rotateKey: ownUnlessTrusted('admin', 'operator'),
  // Anybody gives work and tells things to any program of the account.
  createTask: hiddenOutsideAccount,
  sendMessage: hiddenOutsideAccount,
  // To a program, what is between others is not there.
  getTask: hiddenUnlessOwn,
  getMessage: hiddenUnlessOwn,
  // A program acts on tasks as its own sessions only.
  claimTask: asOwnSession,
  releaseTask: asOwnSession,
  completeTask: asOwnSession,
  askHuman: asOwnSession,
  getQuestion: hiddenUnlessOwn,
  answerQuestion: hiddenOutsideAccount,
  withdrawQuestion: hiddenUnlessOwn,
  listMessages: ownUnlessTrusted('auditor', 'admin', 'operator'),
  // What is no message of this inbox is not among those that were confirmed.
  confirmDelivery: (role, target) => (role === 'program' ? ownOnly(role, target) : 'allowed'),
  acknowledgeMessage: ownUnlessTrusted('admin', 'operator'),
  listPatterns: ownUnlessTrusted('auditor', 'admin', 'operator'),
  getPattern: ownUnlessTrusted('auditor', 'admin', 'operator'),
  listStateVersions: ownUnlessTrusted('auditor', 'admin', 'operator'),
  getStateVersion: ownUnlessTrusted('auditor', 'admin', 'operator'),
  diffState: ownUnlessTrusted('auditor', 'admin', 'operator'),
  exportState: ownUnlessTrusted('auditor', 'admin', 'operator'),
  reinforcePattern: ownOnly,
  removePattern: ownUnlessTrusted('admin', 'operator'),
  promotePattern: ownUnlessTrusted('admin', 'operator'),
  setPatternStatus: ownUnlessTrusted('admin', 'operator'),
  restoreState: ownUnlessTrusted('admin', 'operator'),
  importState: ownUnlessTrusted('admin', 'operator'),
  getInvitation: hiddenOutsideAccount,
  withdrawInvitation: hiddenOutsideAccount,
  getWebhook: hiddenOutsideAccount,
  updateWebhook: hiddenOutsideAccount,
  deleteWebhook: hiddenOutsideAccount,
  rotateWebhookSecret: hiddenOutsideAccount,
  testWebhook: hiddenOutsideAccount,
  listWebhookDeliveries: hiddenOutsideAccount,
  // It belongs to another key than the caller's, whatever the role.
  deletePushSubscription: () => 'hidden',
  // Nobody waits. Consent is a person's, by cookie: test/behaviour/oauth.
  getAuthorizationRequest: () => 'hidden',
  approveAuthorizationRequest: () => 'hidden',
  // It belongs to another key of the program: only an admin sees it.
  endWebSession: (role, target) =>
    role === 'admin' || role === 'operator' ? hiddenOutsideAccount(role, target) : 'hidden',
};

/** What the answer to a caller must be: its roles as the contract has them first, then what is finer. */
export function getExpectedAccess(
  operationId: string,
  roles: readonly Role[],
  role: Role,
  target: Target,
): ExpectedAccess {
  if (!roles.includes(role)) return 'denied';
  return ACCESS_RULES[operationId as OperationId]?.(role, target) ?? 'allowed';
}
