/** Lists programs, and changes their display name, their pause and whether their writes must name their session. */
import type { EntityManager } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal, Role } from '../../platform/principal.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { Program, type ProgramRow } from './entity.ts';
import { highestRole } from './rules.ts';

/** Facts about programs that the keys and sessions domains provide, each in one query for all programs. */
export interface ProgramFacts {
  findActiveRoles(
    manager: EntityManager,
    accountId: string,
    programIds: readonly string[],
    now: number,
  ): Promise<ReadonlyMap<string, readonly Role[]>>;
  findLastHeartbeats(
    manager: EntityManager,
    accountId: string,
    programIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>>;
}

/** What removing a program needs from the domain of keys. */
export interface ProgramKeys {
  /**
   * Revokes the program's keys, within the given transaction. Resolves with their ids. Throws `forbidden` for a key with
   * more rights than the caller's, and `removal-refused` for the caller's own.
   */
  revokeOfProgram(transaction: Transaction, principal: Principal, programId: string, now: number): Promise<string[]>;
  /** Drops keys from the cache. */
  forget(keyIds: readonly string[]): void;
}

/** A program with the facts from other domains. */
export interface ProgramDetails {
  readonly row: ProgramRow;
  readonly role: Role | null;
  readonly lastHeartbeat: number | null;
}

export class ProgramService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly facts: ProgramFacts,
    private readonly keys: ProgramKeys,
  ) {}

  /** A page of the account's programs, newest first. */
  list({ accountId }: Principal, pageRequest: PageRequest) {
    return this.store.read(async (manager) => {
      const query = manager
        .createQueryBuilder(Program, 'program')
        .where('program.accountId = :accountId AND program.removedAt IS NULL', { accountId });
      const { page, nextCursor } = await paginateNewestFirst(query, ['createdAt', 'programId'], pageRequest);
      return { page: await this.#withFacts(manager, accountId, page), nextCursor };
    });
  }

  /** Throws `program-not-found`. */
  get({ accountId }: Principal, programId: string): Promise<ProgramDetails> {
    return this.store.read(async (manager) => {
      const row = await findProgram(manager, accountId, programId);
      const [details] = await this.#withFacts(manager, accountId, [row]);
      return details as ProgramDetails;
    });
  }

  /** Changes the display name, pauses or resumes the program, or changes `sessionRequired`. Throws `program-not-found`. */
  async update(
    principal: Principal,
    programId: string,
    update: components['schemas']['ProgramUpdate'],
  ): Promise<ProgramDetails> {
    const { accountId } = principal;
    return this.store.write(async (transaction) => {
      const { manager } = transaction;
      const before = await lockProgram(transaction, accountId, programId);
      const now = this.clock.now();
      const paused = update.paused ?? before.pausedAt !== null;
      const sessionRequired = update.sessionRequired ?? before.sessionRequiredAt !== null;
      const change = {
        displayName: update.displayName ?? before.displayName,
        pausedAt: paused ? (before.pausedAt ?? now) : null,
        sessionRequiredAt: sessionRequired ? (before.sessionRequiredAt ?? now) : null,
      };
      await manager.update(Program, { accountId, programId }, change);
      await recordAuditEntry(manager, principal, { action: 'updateProgram', subject: programId }, now);
      const data = { displayName: change.displayName ?? programId, paused, sessionRequired };
      appendEvents(transaction, accountId, now, [{ type: 'program.updated', programId, sessionId: null, data }]);
      const [details] = await this.#withFacts(manager, accountId, [{ ...before, ...change }]);
      return details as ProgramDetails;
    });
  }

  /**
   * Removes a program: it is hidden and its keys are refused from now on, and `RemovalJob` deletes its rows. Resolves with
   * the instant. Throws `program-not-found`, `forbidden`, `removal-refused`.
   */
  async remove(principal: Principal, programId: string): Promise<number> {
    const { accountId } = principal;
    const { revoked, now } = await this.store.write(async (transaction) => {
      const { manager } = transaction;
      const { displayName } = await lockProgram(transaction, accountId, programId);
      const now = this.clock.now();
      const keyIds = await this.keys.revokeOfProgram(transaction, principal, programId, now);
      await manager.update(Program, { accountId, programId }, { removedAt: now });
      await recordAuditEntry(manager, principal, { action: 'removeProgram', subject: programId }, now);
      const data = { displayName: displayName ?? programId };
      appendEvents(transaction, accountId, now, [{ type: 'program.removed', programId, sessionId: null, data }]);
      return { revoked: keyIds, now };
    });
    this.keys.forget(revoked);
    return now;
  }

  async #withFacts(manager: EntityManager, accountId: string, rows: readonly ProgramRow[]): Promise<ProgramDetails[]> {
    const ids = rows.map((row) => row.programId);
    const roles = await this.facts.findActiveRoles(manager, accountId, ids, this.clock.now());
    const lastHeartbeats = await this.facts.findLastHeartbeats(manager, accountId, ids);
    return rows.map((row) => ({
      row,
      role: highestRole(roles.get(row.programId) ?? []),
      lastHeartbeat: lastHeartbeats.get(row.programId) ?? null,
    }));
  }
}

async function findProgram(manager: EntityManager, accountId: string, programId: string): Promise<ProgramRow> {
  const row = await manager.findOneBy(Program, { accountId, programId });
  if (!row || row.removedAt !== null)
    throw new Fault('program-not-found', `No program '${programId}' in this account.`);
  return row;
}

/** Locks the program's row. Throws `program-not-found`, also for a program that was removed. */
async function lockProgram(
  { manager, forUpdate }: Transaction,
  accountId: string,
  programId: string,
): Promise<ProgramRow> {
  const query = manager
    .createQueryBuilder(Program, 'program')
    .where('program.accountId = :accountId AND program.programId = :programId', { accountId, programId });
  const row = await forUpdate(query).getOne();
  if (!row || row.removedAt !== null)
    throw new Fault('program-not-found', `No program '${programId}' in this account.`);
  return row;
}
