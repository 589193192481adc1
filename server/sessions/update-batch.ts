/**
 * Updates of sessions that share a transaction: their rows are locked in one order, the rules are applied to each update
 * as if it were alone, and everything is written in a few statements and one commit.
 */
import type { Principal } from '../context.ts';
import { announce } from '../events/outbox.ts';
import { Fault } from '../faults.ts';
import type { Outcome } from '../storage/batching.ts';
import type { Transaction } from '../storage/store.ts';
import { Session, type SessionRow } from './entity.ts';
import { absent } from './find.ts';
import { announcementOf } from './keep.ts';
import type { Judging } from './open.ts';
import { requireOwner } from './ownership.ts';
import { type SessionUpdate, takesSlot, updated } from './rules.ts';
import { isLimited } from './slots.ts';
import { changeRow, noteChanges } from './timeline.ts';

export interface UpdateItem {
  readonly principal: Principal;
  readonly sessionId: string;
  readonly update: SessionUpdate;
}

/** Null for an update that needs a slot of a limited account: it must hold the account, and is done alone. */
export type Updated = SessionRow | null;

interface Change {
  readonly before: SessionRow;
  readonly after: SessionRow;
  readonly at: number;
}

export async function updateBatch(
  transaction: Transaction,
  judging: Judging,
  items: readonly UpdateItem[],
): Promise<Outcome<Updated>[]> {
  const rows = await lockedRows(transaction, items);
  const stored = new Set<string>();
  const changes: Change[] = [];
  const outcomes = items.map((item): Outcome<Updated> => {
    const key = keyOf(item.principal.accountId, item.sessionId);
    try {
      const at = judging.clock.now();
      const before = rows.get(key);
      const after = judged(item, before, at, judging.settings.staleAfterMs);
      if (!before || !after) return { result: null };
      rows.set(key, after);
      stored.add(key);
      if (after.changes !== before.changes) changes.push({ before, after, at });
      return { result: after };
    } catch (error) {
      if (error instanceof Fault) return { error };
      throw error;
    }
  });
  await write(
    transaction,
    [...stored].sort().flatMap((key) => rows.get(key) ?? []),
    changes,
  );
  return outcomes;
}

/** The session after the update; null when it needs a slot. Throws `session-not-found`, `forbidden`, `session-superseded`. */
function judged(
  { principal, sessionId, update }: UpdateItem,
  before: SessionRow | undefined,
  at: number,
  staleAfterMs: number,
): Updated {
  if (!before) throw absent(sessionId);
  requireOwner(principal, before);
  const after = updated(before, update, at);
  return isLimited(principal.tier) && takesSlot(before, after, at, staleAfterMs) ? null : after;
}

const keyOf = (accountId: string, sessionId: string): string => `${accountId} ${sessionId}`;

/** The rows of all items, locked in the order of account and id, which is the order of every other story. */
async function lockedRows(
  { manager, forUpdate }: Transaction,
  items: readonly UpdateItem[],
): Promise<Map<string, SessionRow>> {
  const rows = new Map<string, SessionRow>();
  for (const accountId of accountsOf(items.map((item) => item.principal.accountId))) {
    const own = items.filter((item) => item.principal.accountId === accountId);
    const sessionIds = [...new Set(own.map((item) => item.sessionId))].sort();
    const query = manager
      .createQueryBuilder(Session, 'session')
      .where('session.accountId = :accountId AND session.sessionId IN (:...sessionIds)', { accountId, sessionIds })
      .orderBy('session.sessionId');
    for (const row of await forUpdate(query).getMany()) rows.set(keyOf(accountId, row.sessionId), row);
  }
  return rows;
}

async function write(transaction: Transaction, rows: readonly SessionRow[], changes: readonly Change[]): Promise<void> {
  const plain = rows.map((row) => ({
    ...row,
    handoffRequired: Number(row.handoffRequired),
    archived: Number(row.archived),
  }));
  await transaction.upsert('sessions', ['accountId', 'sessionId'], plain);
  await noteChanges(
    transaction.manager,
    changes.map(({ after, at }) => changeRow('updated', after, at)),
  );
  for (const accountId of accountsOf(changes.map(({ after }) => after.accountId))) {
    const own = changes.filter(({ after }) => after.accountId === accountId);
    announce(
      transaction,
      accountId,
      own.at(-1)?.at ?? 0,
      own.map(({ after }) => announcementOf('updated', after)),
    );
  }
}

const accountsOf = (accountIds: readonly string[]): string[] => [...new Set(accountIds)].sort();
