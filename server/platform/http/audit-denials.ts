/** Records an audit row for every denied request of an authenticated caller, before the response is sent. */
import type { ErrorRequestHandler } from 'express';
import type { Log } from '../log.ts';
import type { Principal } from '../principal.ts';
import { addAddress, principalOrUndefined } from './authentication.ts';
import { findOperation } from './find-operation.ts';
import { toFault } from './problem.ts';

/** The audit, as far as denials need it. */
export interface DenialLog {
  recordDenied(principal: Principal, action: string, subject: string | null, detail: string): Promise<void>;
}

/** Audits `forbidden` and `csrf-refused`, then passes the error on. */
export const auditDenials =
  (audit: DenialLog, log: Log): ErrorRequestHandler =>
  async (error: unknown, request, _response, next) => {
    const fault = toFault(error);
    const principal = principalOrUndefined(request);
    if ((fault.kind === 'forbidden' || fault.kind === 'csrf-refused') && principal) {
      const operation = findOperation(request);
      const subject = Object.values(operation?.pathParams ?? {})[0]?.slice(0, 100) ?? null;
      // The request stays denied even if the audit row cannot be written.
      await audit
        .recordDenied(addAddress(principal, request), operation?.operationId ?? 'unknown', subject, fault.detail)
        .catch((cause: unknown) => log.error({ err: cause }, 'audit row lost'));
    }
    next(error);
  };
