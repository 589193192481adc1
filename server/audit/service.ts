/** The audit: refusals are written here, acts inside their own transactions (record.ts); everything is read here. */
import type { operations } from '../../openapi/generated/types.ts';
import type { Clock } from '../clock.ts';
import type { Principal } from '../context.ts';
import { decodeCursor, pageOf } from '../cursor.ts';
import { invalidField } from '../faults.ts';
import type { Store } from '../storage/store.ts';
import { Audit } from './entity.ts';
import { recordAct } from './record.ts';

type AuditQuery = NonNullable<operations['listAudit']['parameters']['query']>;

export class AuditService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** Notes that a key was refused. */
  async denied(principal: Principal, action: string, subject: string | null, detail: string): Promise<void> {
    const act = { action, subject, detail, outcome: 'denied' as const };
    await this.store.write(({ manager }) => recordAct(manager, principal, act, this.clock.now()));
  }

  /** A page of the account's audit, the newest first. */
  async list({ accountId }: Principal, { limit = 10, cursor, outcome, action, keyId, since, until }: AuditQuery) {
    const after = decodeCursor(cursor);
    const [from, to] = [instantOf('since', since), instantOf('until', until)];
    return this.store.read(async (manager) => {
      const query = manager
        .createQueryBuilder(Audit, 'audit')
        .where('audit.accountId = :accountId', { accountId })
        .orderBy('audit.at', 'DESC')
        .addOrderBy('audit.auditId', 'DESC')
        .limit(limit + 1);
      if (outcome !== undefined) query.andWhere('audit.outcome = :outcome', { outcome });
      if (action !== undefined) query.andWhere('audit.action = :action', { action });
      if (keyId !== undefined) query.andWhere('audit.keyId = :keyId', { keyId });
      if (from !== null) query.andWhere('audit.at >= :from', { from });
      if (to !== null) query.andWhere('audit.at < :to', { to });
      if (after)
        query.andWhere('(audit.at < :at OR (audit.at = :at AND audit.auditId < :id))', { at: after[0], id: after[1] });
      return pageOf(await query.getMany(), limit, (row) => [row.at, row.auditId]);
    });
  }
}

/** Throws `invalid-request` for a day that no calendar has: the validator lets February 30 through, and Date moves it. */
function instantOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  const exists = day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  const ms = Date.parse(text);
  if (exists && !Number.isNaN(ms)) return ms;
  throw invalidField('query', `/${name}`, 'must be an instant that exists, for example 2026-02-24T10:30:00Z');
}
