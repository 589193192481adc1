/** Which program a session belongs to, and who may write it. */
import { Fault, invalidField } from '../../platform/faults.ts';
import { isAdmin, type Principal } from '../../platform/principal.ts';
import type { SessionRow } from './entity.ts';

/** The program of a new session: the key's own, or any program for an admin. Throws `forbidden`. */
export function resolveProgramId(principal: Principal, requestedProgramId: string | undefined): string | null {
  if (requestedProgramId === undefined || requestedProgramId === principal.programId || isAdmin(principal))
    return requestedProgramId ?? principal.programId;
  throw new Fault(
    'forbidden',
    `A program's key opens sessions of its own program only, not of '${requestedProgramId}'.`,
  );
}

/** Throws `forbidden` for another program's session, and `invalid-request` when the request would change the session's program. */
export function requireOwner(principal: Principal, session: SessionRow, requestedProgramId?: string): void {
  if (!isAdmin(principal) && session.programId !== principal.programId) {
    throw new Fault('forbidden', `Session '${session.sessionId}' belongs to another program.`);
  }
  if (requestedProgramId !== undefined && requestedProgramId !== session.programId) {
    throw invalidField(
      'body',
      '/programId',
      `session '${session.sessionId}' belongs to another program and stays there`,
    );
  }
}
