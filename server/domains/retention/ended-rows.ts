/**
 * Deletes what is over and old: archived sessions, completed or expired tasks, messages that everybody has read, and
 * keys that have ended. In bounded pages, account by account; each page looks again under its locks, so that a session that was revived meanwhile stays.
 */
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import { placeholders } from '../../platform/database/sql.ts';
import type { Store } from '../../platform/database/store.ts';
import { type RenewLease, runInPages } from '../../platform/jobs/run-in-pages.ts';
import type { Settings } from '../../platform/settings.ts';
import { deleteKeys, findDeletableKeys, KEY_DELETION_PAGE } from '../keys/index.ts';
import { deleteMessages } from '../messages/index.ts';
import { deleteSessions, SESSION_DELETION_PAGE } from '../sessions/index.ts';
import { forEachAccount } from './accounts.ts';

const PAGE_SIZE = 200;
/** How many archived sessions an account may have for each session that it may have unarchived. */
const ARCHIVED_PER_SESSION = 20;

export class EndedRowRetention {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** One run over all accounts. It stops early when `renew` resolves with false. */
  run(renew: RenewLease): Promise<boolean> {
    return forEachAccount(this.store, renew, async (accountId) => {
      const kinds = [this.#deleteSessions, this.#deleteTasks, this.#deleteMessages, this.#deleteKeys];
      for (const deleteOf of kinds) if (!(await deleteOf.call(this, accountId, renew))) return false;
      return true;
    });
  }

  async #deleteSessions(accountId: string, renew: RenewLease): Promise<boolean> {
    const { sessionRetentionMs, maxSessions } = this.settings;
    const beyondCap = await this.store.read((manager) =>
      findArchivedAt(manager, accountId, maxSessions * ARCHIVED_PER_SESSION),
    );
    const cutoff = Math.max(this.clock.now() - sessionRetentionMs, beyondCap ?? 0);
    const isOver = 'accountId = ? AND archived = 1 AND archivedAt <= ?';
    const page = () =>
      this.store.write(async ({ manager, selectForUpdate }) => {
        const found = await manager.query<{ sessionId: string }[]>(
          `SELECT sessionId FROM sessions WHERE ${isOver} ORDER BY archivedAt, sessionId LIMIT ${SESSION_DELETION_PAGE}`,
          [accountId, cutoff],
        );
        if (found.length === 0) return 0;
        const ids = found.map(({ sessionId }) => sessionId);
        const locked = await selectForUpdate<{ sessionId: string }>(
          `SELECT sessionId FROM sessions WHERE ${isOver} AND sessionId IN (${placeholders(ids)}) ORDER BY sessionId`,
          [accountId, cutoff, ...ids],
        );
        await deleteSessions(
          manager,
          accountId,
          locked.map(({ sessionId }) => sessionId),
        );
        return found.length;
      });
    return runInPages(SESSION_DELETION_PAGE, page, renew);
  }

  async #deleteTasks(accountId: string, renew: RenewLease): Promise<boolean> {
    const cutoff = this.clock.now() - this.settings.taskRetentionMs;
    for (const isOver of OVER_TASKS) {
      const page = () =>
        this.store.write(async ({ manager }) => {
          const found = await manager.query<{ taskId: string }[]>(
            `SELECT taskId FROM tasks WHERE accountId = ? AND ${isOver} LIMIT ${PAGE_SIZE}`,
            [accountId, cutoff],
          );
          if (found.length === 0) return 0;
          const ids = found.map(({ taskId }) => taskId);
          // The DELETE decides again: a task that was claimed meanwhile stays.
          await manager.query(
            `DELETE FROM tasks WHERE accountId = ? AND ${isOver} AND taskId IN (${placeholders(ids)})`,
            [accountId, cutoff, ...ids],
          );
          return found.length;
        });
      if (!(await runInPages(PAGE_SIZE, page, renew))) return false;
    }
    return true;
  }

  async #deleteMessages(accountId: string, renew: RenewLease): Promise<boolean> {
    const cutoff = this.clock.now() - this.settings.messageRetentionMs;
    for (let after: MessagePosition = { createdAt: 0, messageId: '' }; ; ) {
      const page = await this.store.read((manager) => findMessagesAfter(manager, accountId, after, cutoff));
      const ids = page.map(({ messageId }) => messageId);
      const waiting = await this.store.read((manager) => findAwaited(manager, accountId, ids, cutoff));
      const over = ids.filter((id) => !waiting.has(id));
      if (!(await deleteMessages(this.store, accountId, over, renew))) return false;
      const last = page.at(-1);
      if (!last || page.length < PAGE_SIZE) return true;
      after = last;
      if (!(await renew())) return false;
    }
  }

  /** Keys that have ended, as long ago as audit rows are kept: by then no row names them any more. */
  #deleteKeys(accountId: string, renew: RenewLease): Promise<boolean> {
    const cutoff = this.clock.now() - this.settings.auditRetentionMs;
    const page = () =>
      this.store.write(async (transaction) => {
        const ids = await findDeletableKeys(transaction.manager, accountId, cutoff);
        await deleteKeys(transaction, accountId, ids);
        return ids.length;
      });
    return runInPages(KEY_DELETION_PAGE, page, renew);
  }
}

/** One range of an index each. A claim that a session still holds keeps its task. */
const OVER_TASKS = [
  "state = 'completed' AND completedAt <= ?",
  "state = 'created' AND expiresAt <= ?",
  `state = 'claimed' AND expiresAt <= ? AND NOT EXISTS (SELECT 1 FROM sessions s
    WHERE s.accountId = tasks.accountId AND s.sessionId = tasks.claimedSession AND s.archived = 0)`,
];

/** When the session was archived that comes after the `kept` newest; null when there are not so many. */
async function findArchivedAt(manager: EntityManager, accountId: string, kept: number): Promise<number | null> {
  const [row] = await manager.query<{ archivedAt: number | string }[]>(
    `SELECT archivedAt FROM sessions WHERE accountId = ? AND archived = 1
     ORDER BY archivedAt DESC, sessionId DESC LIMIT 1 OFFSET ${kept}`,
    [accountId],
  );
  return row ? Number(row.archivedAt) : null;
}

interface MessagePosition {
  readonly createdAt: number;
  readonly messageId: string;
}

const findMessagesAfter = (
  manager: EntityManager,
  accountId: string,
  { createdAt, messageId }: MessagePosition,
  cutoff: number,
): Promise<MessagePosition[]> =>
  manager.query(
    `SELECT createdAt, messageId FROM messages WHERE accountId = ? AND createdAt <= ? AND createdAt >= ?
     AND (createdAt > ? OR messageId > ?) ORDER BY createdAt, messageId LIMIT ${PAGE_SIZE}`,
    [accountId, cutoff, createdAt, createdAt, messageId],
  );

/** Those of the messages that a recipient has not read, or only since the cutoff, and that have not expired before it. */
async function findAwaited(
  manager: EntityManager,
  accountId: string,
  ids: readonly string[],
  cutoff: number,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await manager.query<{ messageId: string }[]>(
    `SELECT DISTINCT messageId FROM message_deliveries WHERE accountId = ? AND messageId IN (${placeholders(ids)})
     AND (readAt IS NULL OR readAt > ?) AND (expiresAt IS NULL OR expiresAt > ?)`,
    [accountId, ...ids, cutoff, cutoff],
  );
  return new Set(rows.map(({ messageId }) => messageId));
}
