/** Lists the audit, and records refusals. Acts are recorded in their own transactions (record.ts). */
import type { operations } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import { paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Store } from '../../platform/database/store.ts';
import { parseInstant } from '../../platform/parse-instant.ts';
import type { Principal } from '../../platform/principal.ts';
import { Audit } from './entity.ts';
import { recordAuditEntry } from './record.ts';

type AuditQuery = NonNullable<operations['listAudit']['parameters']['query']>;

export class AuditService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** Records that a request was refused. */
  async recordDenied(principal: Principal, action: string, subject: string | null, detail: string): Promise<void> {
    const entry = { action, subject, detail, outcome: 'denied' as const };
    await this.store.write(({ manager }) => recordAuditEntry(manager, principal, entry, this.clock.now()));
  }

  /** A page of the account's audit, newest first. */
  async list({ accountId }: Principal, { limit = 10, cursor, outcome, action, keyId, since, until }: AuditQuery) {
    const [from, to] = [parseOptionalInstant('since', since), parseOptionalInstant('until', until)];
    return this.store.read(async (manager) => {
      const query = manager.createQueryBuilder(Audit, 'audit').where('audit.accountId = :accountId', { accountId });
      if (outcome !== undefined) query.andWhere('audit.outcome = :outcome', { outcome });
      if (action !== undefined) query.andWhere('audit.action = :action', { action });
      if (keyId !== undefined) query.andWhere('audit.keyId = :keyId', { keyId });
      if (from !== undefined) query.andWhere('audit.at >= :from', { from });
      if (to !== undefined) query.andWhere('audit.at < :to', { to });
      return paginateNewestFirst(query, ['at', 'auditId'], { limit, cursor });
    });
  }
}

const parseOptionalInstant = (name: string, text: string | undefined) =>
  text === undefined ? undefined : parseInstant('query', `/${name}`, text);
