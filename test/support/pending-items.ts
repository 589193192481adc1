/** Pending tasks and messages, created by the programs that send them. */
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';

interface Expiry {
  /** Without it they never expire. */
  readonly ttlSeconds?: number;
}

/** `*` as target means every program. */
export const createPendingTask = (admin: Fleetbeat, target: string, expiry: Expiry = {}) =>
  admin.tasks.create({ title: 'Fix it', target, ...expiry });

export const createPendingMessage = (admin: Fleetbeat, to: string, expiry: Expiry = {}) =>
  admin.messages.send({ to, kind: 'STATUS', text: 'Done', ...expiry });
