/**
 * The rights of every operation as rules.md has them: what a request of it looks like when it is aimed at a program, and
 * what is finer than the roles in the contract.
 */
import type { Role } from '../../openapi/operations.ts';
import type { OperationId } from '../../server/operations.ts';
import { randomName } from './house.ts';

export const TARGETS = ['its own program', 'another program', 'another account'] as const;
export type Target = (typeof TARGETS)[number];

/** What a request is aimed at. All of it is there; each key and session is used once. */
export interface Aim {
  readonly accountId: string;
  readonly programId: string;
  readonly sessionId: string;
  readonly keyId: string;
}

export interface Call {
  readonly path: string;
  readonly body?: unknown;
}

/** An operation that is missing here is denied to everybody until somebody says who may call it. */
export const CALLS: Readonly<Partial<Record<string, (aim: Aim) => Call>>> = {
  createSession: ({ programId }) => ({
    path: '/v1/sessions',
    body: { name: 'A run', sessionId: randomName('made'), programId },
  }),
  listSessions: ({ programId }) => ({ path: `/v1/sessions?programId=${programId}` }),
  getSession: ({ sessionId }) => ({ path: `/v1/sessions/${sessionId}` }),
  updateSession: ({ sessionId }) => ({ path: `/v1/sessions/${sessionId}`, body: { status: 'Touched' } }),
  getFleetHealth: () => ({ path: '/v1/fleet/health' }),
  listPrograms: () => ({ path: '/v1/programs' }),
  updateProgram: ({ programId }) => ({ path: `/v1/programs/${programId}`, body: { displayName: 'Touched' } }),
  getProgramState: ({ programId }) => ({ path: `/v1/programs/${programId}/state` }),
  updateProgramState: ({ programId }) => ({
    path: `/v1/programs/${programId}/state`,
    body: { contextSummary: { lastTask: 'Touched' } },
  }),
  createKey: ({ programId }) => ({ path: '/v1/keys', body: { programId } }),
  listKeys: ({ programId }) => ({ path: `/v1/keys?programId=${programId}` }),
  revokeKey: ({ keyId }) => ({ path: `/v1/keys/${keyId}` }),
  rotateKey: ({ keyId }) => ({ path: `/v1/keys/${keyId}/rotate` }),
  whoAmI: () => ({ path: '/v1/me' }),
  createAccount: () => ({ path: '/v1/accounts', body: { name: 'Made' } }),
  listAccounts: () => ({ path: '/v1/accounts' }),
  updateAccount: ({ accountId }) => ({ path: `/v1/accounts/${accountId}`, body: { name: 'Touched' } }),
  getSessionTimeline: ({ sessionId }) => ({ path: `/v1/sessions/${sessionId}/timeline` }),
  endMassSilence: () => ({ path: '/v1/fleet/mass-silence' }),
  bootProgram: ({ programId }) => ({
    path: `/v1/programs/${programId}/boot`,
    body: { name: 'A run', sessionId: randomName('made') },
  }),
  createTask: ({ programId }) => ({ path: '/v1/tasks', body: { title: 'Work', target: programId } }),
  listTasks: () => ({ path: '/v1/tasks' }),
  getTask: () => ({ path: '/v1/tasks/unknown' }),
  claimTask: () => ({ path: '/v1/tasks/unknown/claim', body: {} }),
  releaseTask: () => ({ path: '/v1/tasks/unknown/release', body: {} }),
  completeTask: () => ({ path: '/v1/tasks/unknown/complete', body: { outcome: 'succeeded' } }),
  sendMessage: () => ({ path: '/v1/messages', body: { to: '*', kind: 'PING', text: 'Hello' } }),
  listMessages: () => ({ path: '/v1/messages' }),
  listSentMessages: () => ({ path: '/v1/messages/sent' }),
  acknowledgeMessage: () => ({ path: '/v1/messages/unknown/acknowledge' }),
  listAudit: () => ({ path: '/v1/audit' }),
  getMetrics: () => ({ path: '/metrics' }),
};

/** `made` and the like are the contract's success; `hidden` is 404: what is another account's is not there. */
export type Right = 'allowed' | 'denied' | 'hidden';
type Finer = (role: Role, target: Target) => Right;

const ownOnly: Finer = (_role, target) => (target === 'its own program' ? 'allowed' : 'denied');
const hiddenAbroad: Finer = (_role, target) => (target === 'another account' ? 'hidden' : 'allowed');
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
  updateSession: (role, target) => {
    if (target === 'another account') return 'hidden';
    return role === 'program' ? ownOnly(role, target) : 'allowed';
  },
  updateProgram: hiddenAbroad,
  getProgramState: ownUnlessTrusted('auditor', 'admin', 'operator'),
  updateProgramState: ownOnly,
  revokeKey: hiddenAbroad,
  rotateKey: ownUnlessTrusted('admin', 'operator'),
};

/** What the answer to a caller must be: its roles as the contract has them first, then what is finer. */
export function rightOf(operationId: string, roles: readonly Role[], role: Role, target: Target): Right {
  if (!roles.includes(role)) return 'denied';
  return FINER[operationId as OperationId]?.(role, target) ?? 'allowed';
}
