/** Deletes everything a program has, from every table but the audit. */
import type { EntitySchema } from 'typeorm';
import { placeholders } from '../../platform/database/sql.ts';
import type { Store } from '../../platform/database/store.ts';
import { Event } from '../../platform/events/entity.ts';
import { StoredResponse } from '../../platform/idempotency/entity.ts';
import { deleteByKey, deleteRows, getTableName, selectKeys } from '../../platform/jobs/row-pages.ts';
import { type RenewLease, runInPages } from '../../platform/jobs/run-in-pages.ts';
import { ProgramActivity } from '../fleet/index.ts';
import { Invitation } from '../invitations/index.ts';
import { Connection, deleteKeys, Key } from '../keys/index.ts';
import { Delivery, deleteMessages } from '../messages/index.ts';
import type { ProgramRow } from '../programs/index.ts';
import { PushSubscription } from '../push/index.ts';
import { Question } from '../questions/index.ts';
import { deleteSessions, SESSION_DELETION_PAGE } from '../sessions/index.ts';
import { WebSession } from '../sign-in/index.ts';
import { Pattern, PatternUndo, State, StateVersion } from '../state/index.ts';
import { Task } from '../tasks/index.ts';
import { Webhook, WebhookDelivery } from '../webhooks/index.ts';
import { namesProgram } from './names-program.ts';

export type ProgramKey = Pick<ProgramRow, 'accountId' | 'programId'>;

const PAGE_SIZE = 200;
/** Rows of the event log that one statement looks at. */
const SCANNED_ROWS = 2_000;

/** One pass over all tables. Resolves with the number of rows; null when it stopped early. */
export async function deleteProgramRows(store: Store, program: ProgramKey, renew: RenewLease): Promise<number | null> {
  let deleted = 0;
  for (const step of STEPS) {
    const rows = await step(store, program, renew);
    if (rows === null) return null;
    deleted += rows;
  }
  return deleted;
}

type Step = (store: Store, program: ProgramKey, renew: RenewLease) => Promise<number | null>;

/** Rows of a table whose column has the program's id. */
const rowsNaming =
  (table: EntitySchema, column = 'programId', condition = ''): Step =>
  (store, { accountId, programId }, renew) =>
    deleteRows(
      store,
      { table, condition: `accountId = ? AND ${column} = ?${condition}`, values: [accountId, programId] },
      renew,
    );

/** Rows that belong to the program's keys or webhooks, whose own rows are deleted later. */
const rowsWhere =
  (table: EntitySchema, column: string, owner: EntitySchema): Step =>
  (store, { accountId, programId }, renew) => {
    const owners = `SELECT ${column} FROM ${getTableName(owner)} WHERE accountId = ? AND programId = ?`;
    const values = [accountId, accountId, programId];
    return deleteRows(store, { table, condition: `accountId = ? AND ${column} IN (${owners})`, values }, renew);
  };

/** Runs pages until one is not full, and counts their rows. */
async function countPages(size: number, page: () => Promise<number>, renew: RenewLease): Promise<number | null> {
  let rows = 0;
  const counted = async () => {
    const found = await page();
    rows += found;
    return found;
  };
  return (await runInPages(size, counted, renew)) ? rows : null;
}

const disableWebhooks: Step = async (store, { accountId, programId }) => {
  await store.write(({ manager }) => manager.update(Webhook, { accountId, programId }, { enabled: false }));
  return 0;
};

const deleteOwnSessions: Step = (store, { accountId, programId }, renew) =>
  countPages(
    SESSION_DELETION_PAGE,
    () =>
      store.write(async ({ manager, selectForUpdate }) => {
        const rows = await selectForUpdate<{ sessionId: string }>(
          `SELECT sessionId FROM sessions WHERE accountId = ? AND programId = ? LIMIT ${SESSION_DELETION_PAGE}`,
          [accountId, programId],
        );
        const ids = rows.map(({ sessionId }) => sessionId);
        await deleteSessions(manager, accountId, ids);
        return ids.length;
      }),
    renew,
  );

/** Claims of tasks that others have created for everybody: they wait for another claimant. */
const releaseClaims: Step = (store, { accountId, programId }, renew) =>
  countPages(
    PAGE_SIZE,
    () =>
      store.write(async ({ manager }) => {
        const condition = "accountId = ? AND claimedBy = ? AND state = 'claimed'";
        const keys = await selectKeys(manager, { table: Task, condition, values: [accountId, programId] }, PAGE_SIZE);
        if (keys.length === 0) return 0;
        const ids = keys.map(({ taskId }) => taskId);
        await manager.query(
          `UPDATE tasks SET state = 'created', claimedBy = NULL, claimedSession = NULL, claimedAt = NULL
           WHERE accountId = ? AND taskId IN (${placeholders(ids)})`,
          [accountId, ...ids],
        );
        return keys.length;
      }),
    renew,
  );

const deleteSentMessages: Step = async (store, { accountId, programId }, renew) => {
  for (let deleted = 0; ; ) {
    const rows = await store.read((manager) =>
      manager.query<{ messageId: string }[]>(
        `SELECT messageId FROM messages WHERE accountId = ? AND sender = ? LIMIT ${PAGE_SIZE}`,
        [accountId, programId],
      ),
    );
    const ids = rows.map(({ messageId }) => messageId);
    if (!(await deleteMessages(store, accountId, ids, renew))) return null;
    deleted += ids.length;
    if (ids.length < PAGE_SIZE) return deleted;
  }
};

/** Its inbox, with the messages that were sent to it alone. */
const deleteInbox: Step = (store, { accountId, programId }, renew) =>
  countPages(
    PAGE_SIZE,
    () =>
      store.write(async ({ manager }) => {
        const condition = 'accountId = ? AND recipient = ?';
        const keys = await selectKeys(
          manager,
          { table: Delivery, condition, values: [accountId, programId] },
          PAGE_SIZE,
        );
        if (keys.length === 0) return 0;
        const ids = keys.map(({ messageId }) => messageId);
        await manager.query(
          `DELETE FROM messages WHERE accountId = ? AND target = ? AND messageId IN (${placeholders(ids)})`,
          [accountId, programId, ...ids],
        );
        await deleteByKey(manager, Delivery, keys);
        return keys.length;
      }),
    renew,
  );

const deleteOwnKeys: Step = (store, { accountId, programId }, renew) =>
  countPages(
    PAGE_SIZE,
    () =>
      store.write(async (transaction) => {
        const condition = 'accountId = ? AND programId = ?';
        const filter = { table: Key, condition, values: [accountId, programId] };
        const ids = (await selectKeys(transaction.manager, filter, PAGE_SIZE)).map(({ keyId }) => String(keyId));
        await deleteKeys(transaction, accountId, ids);
        return ids.length;
      }),
    renew,
  );

/**
 * Events and webhook deliveries that name the program: found by a scan of the account's, because no index has it. The event
 * of the removal stays.
 */
const deleteLogRows =
  (table: EntitySchema, order: readonly string[], textColumn: string): Step =>
  async (store, { accountId, programId }, renew) => {
    const name = getTableName(table);
    let deleted = 0;
    for (let after: readonly unknown[] = order.map(() => (table === Event ? 0 : '')); ; ) {
      const position = order.map((_column, index) =>
        [...order.slice(0, index).map((column) => `${column} = ?`), `${order[index]} > ?`].join(' AND '),
      );
      const values = order.flatMap((_column, index) => after.slice(0, index + 1));
      const page = await store.read((manager) =>
        manager.query<Record<string, string>[]>(
          `SELECT ${order.join(', ')}, CASE WHEN INSTR(${textColumn}, ?) > 0 THEN ${textColumn} END AS text
           ${table === Event ? ', programId' : ''} FROM ${name}
           WHERE accountId = ? AND kind <> 'program.removed' AND (${position.join(' OR ')})
           ORDER BY ${order.join(', ')} LIMIT ${SCANNED_ROWS}`,
          [JSON.stringify(programId), accountId, ...values],
        ),
      );
      const found = page.filter((row) => row['programId'] === programId || namesProgram(row['text'], programId));
      for (let from = 0; from < found.length; from += PAGE_SIZE) {
        const keys = found.slice(from, from + PAGE_SIZE).map((row) => ({ ...row, accountId }));
        await store.write(({ manager }) => deleteByKey(manager, table, keys));
      }
      deleted += found.length;
      const last = page.at(-1);
      if (!last || page.length < SCANNED_ROWS) return deleted;
      after = order.map((column) => last[column]);
      if (!(await renew())) return null;
    }
  };

/** In this order. Webhooks first, so that no delivery is added; sessions before what is only written under their lock. */
const STEPS: readonly Step[] = [
  disableWebhooks,
  rowsWhere(WebhookDelivery, 'webhookId', Webhook),
  rowsNaming(Webhook),
  deleteOwnSessions,
  rowsNaming(Question),
  rowsNaming(ProgramActivity),
  rowsNaming(Connection),
  rowsNaming(Pattern),
  rowsNaming(PatternUndo),
  rowsNaming(StateVersion),
  rowsNaming(State),
  rowsNaming(Task, 'createdBy'),
  rowsNaming(Task, 'target', " AND state IN ('created', 'claimed', 'completed')"),
  rowsNaming(Task, 'claimedBy', " AND state = 'completed'"),
  releaseClaims,
  deleteSentMessages,
  deleteInbox,
  deleteLogRows(WebhookDelivery, ['webhookId', 'deliveryId'], 'payload'),
  deleteLogRows(Event, ['seq'], 'data'),
  rowsNaming(Invitation),
  rowsWhere(WebSession, 'keyId', Key),
  rowsWhere(PushSubscription, 'keyId', Key),
  rowsWhere(StoredResponse, 'keyId', Key),
  deleteOwnKeys,
];
