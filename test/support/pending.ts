/** Tasks and messages that wait, made as their makers make them. */
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';

interface Life {
  /** Without it they never expire. */
  readonly ttlSeconds?: number;
}

/** `*` as target is work for everybody. */
export const putTask = (admin: Fleetbeat, target: string, life: Life = {}) =>
  admin.tasks.create({ title: 'Fix it', target, ...life });

export const putMessage = (admin: Fleetbeat, to: string, life: Life = {}) =>
  admin.messages.send({ to, kind: 'STATUS', text: 'Done', ...life });
