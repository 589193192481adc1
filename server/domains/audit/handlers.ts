/** The handler of the audit. */
import { formatInstant } from '../../platform/clock.ts';
import type { Handlers } from '../../platform/operations.ts';
import type { AuditService } from './service.ts';

export const auditHandlers: Handlers<'listAudit', { readonly audit: AuditService }> = {
  async listAudit({ query }, { principal, services }) {
    const { page, nextCursor } = await services.audit.list(principal, query);
    const audit = page.map(({ accountId: _own, at, ...row }) => ({ ...row, at: formatInstant(at) }));
    return { status: 200, body: { audit, nextCursor } };
  },
};
