import type { EntityManager } from 'typeorm';
import { Fault, type FieldFault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { Program } from './entity.ts';

/** Whether what this key writes must name its session. Never for an admin's key: it writes for a person. */
export async function isSessionRequired(
  manager: EntityManager,
  { accountId, programId, role }: Principal,
): Promise<boolean> {
  if (role !== 'program' || programId === null) return false;
  const program = await manager.findOneBy(Program, { accountId, programId });
  return program !== null && program.sessionRequiredAt !== null;
}

/** For a write that names no session: throws `session-required` where one must be named, which is in `location`. */
export async function requireNamedSession(
  manager: EntityManager,
  principal: Principal,
  location: FieldFault['in'] = 'body',
): Promise<void> {
  if (!(await isSessionRequired(manager, principal))) return;
  const message = "must be the id of your session, because an admin requires it of this program's writes";
  throw new Fault('session-required', `sessionId: ${message}.`, {}, [{ in: location, pointer: '/sessionId', message }]);
}
