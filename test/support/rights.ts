/** The rights of every operation as rules.md has them: what is finer than the roles in the contract. */
import type { Role } from '../../openapi/operations.ts';
import type { OperationId } from '../../server/platform/operations.ts';

export { type Aim, CALLS } from './aimed-calls.ts';

export const TARGETS = ['its own program', 'another program', 'another account'] as const;
export type Target = (typeof TARGETS)[number];

/** `made` and the like are the contract's success; `hidden` is 404: what is another account's is not there. */
export type Right = 'allowed' | 'denied' | 'hidden';
type Finer = (role: Role, target: Target) => Right;

const ownOnly: Finer = (_role, target) => (target === 'its own program' ? 'allowed' : 'denied');
const hiddenAbroad: Finer = (_role, target) => (target === 'another account' ? 'hidden' : 'allowed');
/** What another account has is not there for anybody; a program acts as its own sessions only. */
const asOwnSession: Finer = (role, target) =>
  target === 'another account' || role !== 'program' ? hiddenAbroad(role, target) : ownOnly(role, target);
/** A program is refused whatever is not its own, without learning whether it is there. */
const ownUnlessTrusted =
  (...trusted: readonly Role[]): Finer =>
  (role, target) =>
    trusted.includes(role) ? hiddenAbroad(role, target) : ownOnly(role, target);

/** Finer than the roles of the contract. An operation that is not here is open to its roles, and sees its own account. */
const FINER: Readonly<Partial<Record<OperationId, Finer>>> = {
  // An admin who names a program that only another account has opens one of that name in its own.
  createSession: (role, target) => (role === 'program' ? ownOnly(role, target) : 'allowed'),
  // An admin who boots a program that only another account has opens one of that name in its own.
  bootProgram: (role, target) => (role === 'program' ? ownOnly(role, target) : 'allowed'),
  // There is no mass silence to end: an admin may ask, and is told so.
  endMassSilence: () => 'hidden',
  getSession: hiddenAbroad,
  getSessionTimeline: hiddenAbroad,
  updateSession: asOwnSession,
  updateProgram: hiddenAbroad,
  getProgramState: ownUnlessTrusted('auditor', 'admin', 'operator'),
  updateProgramState: ownOnly,
  revokeKey: hiddenAbroad,
  rotateKey: ownUnlessTrusted('admin', 'operator'),
  // Anybody gives work and tells things to any program of the account.
  createTask: hiddenAbroad,
  sendMessage: hiddenAbroad,
  getTask: hiddenAbroad,
  // A program acts on tasks as its own sessions only.
  claimTask: asOwnSession,
  releaseTask: asOwnSession,
  completeTask: asOwnSession,
  listMessages: ownUnlessTrusted('auditor', 'admin', 'operator'),
  acknowledgeMessage: ownUnlessTrusted('admin', 'operator'),
  listPatterns: ownUnlessTrusted('auditor', 'admin', 'operator'),
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
  getWebhook: hiddenAbroad,
  updateWebhook: hiddenAbroad,
  deleteWebhook: hiddenAbroad,
  rotateWebhookSecret: hiddenAbroad,
  testWebhook: hiddenAbroad,
  listWebhookDeliveries: hiddenAbroad,
};

/** What the answer to a caller must be: its roles as the contract has them first, then what is finer. */
export function rightOf(operationId: string, roles: readonly Role[], role: Role, target: Target): Right {
  if (!roles.includes(role)) return 'denied';
  return FINER[operationId as OperationId]?.(role, target) ?? 'allowed';
}
