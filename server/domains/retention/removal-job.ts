/**
 * Deletes the rows of removed programs and accounts, in bounded pages that go on after a crash. It begins two minutes after
 * the removal: by then no request that was authenticated before it is still running, on any server, so nothing is written
 * behind a table that was passed. The row of the program or account goes last, when a pass over all tables has found nothing.
 */
import type { EntitySchema } from 'typeorm';
import { type Clock, MINUTE } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import { deleteRows, getTableName } from '../../platform/jobs/row-pages.ts';
import type { RenewLease } from '../../platform/jobs/run-in-pages.ts';
import { Account } from '../accounts/index.ts';
import { Program } from '../programs/index.ts';
import { deleteProgramRows, type ProgramKey } from './program-rows.ts';

/** Longer than a request takes and a key is cached, with clocks of servers that differ by a minute. */
const GRACE_MS = 2 * MINUTE;
const MAX_REMOVALS = 100;

export class RemovalJob {
  /** Every table with rows of accounts, except that of the accounts themselves. Webhooks first: nothing is sent any more. */
  readonly #accountTables: readonly EntitySchema[];

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    tables: readonly EntitySchema[],
  ) {
    const owned = tables.filter((table) => 'accountId' in table.options.columns && table !== Account);
    const isFirst = (table: EntitySchema) => ['webhooks', 'sessions'].includes(getTableName(table));
    this.#accountTables = [...owned.filter(isFirst), ...owned.filter((table) => !isFirst(table))];
  }

  /** It stops early when `renew` resolves with false. */
  async run(renew: RenewLease): Promise<void> {
    for (const { accountId } of await this.#findRemoved<{ accountId: string }>('accounts', 'accountId'))
      if (!(await this.#removeAccount(accountId, renew))) return;
    for (const program of await this.#findRemoved<ProgramKey>('programs', 'accountId, programId'))
      if (!(await this.#removeProgram(program, renew))) return;
  }

  #findRemoved<Row>(table: string, columns: string): Promise<Row[]> {
    const before = this.clock.now() - GRACE_MS;
    return this.store.read((manager) =>
      manager.query<Row[]>(
        `SELECT ${columns} FROM ${table} WHERE removedAt <= ? ORDER BY removedAt LIMIT ${MAX_REMOVALS}`,
        [before],
      ),
    );
  }

  async #removeAccount(accountId: string, renew: RenewLease): Promise<boolean> {
    const pass = async () => {
      let deleted = 0;
      for (const table of this.#accountTables) {
        const rows = await deleteRows(this.store, { table, condition: 'accountId = ?', values: [accountId] }, renew);
        if (rows === null) return null;
        deleted += rows;
      }
      return deleted;
    };
    if (!(await repeatUntilNone(pass))) return false;
    await this.store.write(({ manager }) => manager.delete(Account, { accountId }));
    return true;
  }

  async #removeProgram(program: ProgramKey, renew: RenewLease): Promise<boolean> {
    if (!(await repeatUntilNone(() => deleteProgramRows(this.store, program, renew)))) return false;
    await this.store.write(({ manager }) => manager.delete(Program, { ...program }));
    return true;
  }
}

/** Repeats a pass until it deletes nothing. False when one stopped early. */
async function repeatUntilNone(pass: () => Promise<number | null>): Promise<boolean> {
  for (;;) {
    const deleted = await pass();
    if (deleted === null) return false;
    if (deleted === 0) return true;
  }
}
