/** The public part of the audit domain. */
export { Audit } from './entity.ts';
export { auditHandlers } from './handlers.ts';
export { recordAuditEntry } from './record.ts';
export { recordRead } from './record-read.ts';
export { AuditService } from './service.ts';
