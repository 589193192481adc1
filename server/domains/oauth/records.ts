/**
 * The protocol's memory, as oidc-provider asks for it. Codes and refresh tokens are used up once: an UPDATE that finds them
 * unused decides, on every server. Whoever presents a used one ends the whole connection.
 */

import { type Clock, DAY, SECOND } from '../../platform/clock.ts';
import { placeholders } from '../../platform/database/sql.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import { seal, unseal } from '../../platform/idempotency/seal.ts';
import { hashSecret } from '../../platform/secret.ts';
import { type Connections, parseSubject } from './connections.ts';
import { OAuthRecord, type OAuthRecordRow } from './entity.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** The most rows that callers without an account may fill, by model. */
const MAX_UNOWNED: Readonly<Record<string, number>> = { Interaction: 10_000, Client: 5_000 };
/** A client that registered itself and is never let in is forgotten after a day. */
const UNUSED_CLIENT_MS = 1 * DAY;
/** Used refresh tokens of a grant that are remembered, to notice that one was stolen. */
const MAX_USED = 200;

export class OAuthRecords {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly connections: Connections,
  ) {}

  /** Stores a record; `expiresIn` in seconds. A token becomes a key too. Throws `unavailable` when too many wait. */
  async upsert(model: string, id: string, payload: Payload, expiresIn: number | undefined): Promise<void> {
    const now = this.clock.now();
    const subject = readText(payload, 'accountId');
    const grantId = model === 'Grant' ? id : readText(payload, 'grantId');
    const row: OAuthRecordRow = {
      model,
      idHash: hashSecret(id),
      accountId: subject === null ? null : parseSubject(subject).accountId,
      grantHash: grantId && hashSecret(grantId),
      sealed: seal(JSON.stringify(payload), id, model),
      createdAt: now,
      consumedAt: null,
      expiresAt: now + (expiresIn === undefined ? UNUSED_CLIENT_MS : expiresIn * SECOND),
    };
    const surplus = await this.store.write(async (transaction) => {
      await this.#requireRoom(transaction, model, now);
      transaction.upsert('oauth_records', ['model', 'idHash'], [{ ...row }]);
      if (model === 'RefreshToken') await forgetOldestUsed(transaction, row.grantHash);
      if (model !== 'AccessToken' || subject === null) return [];
      return this.connections.addToken(transaction, subject, id, row.expiresAt);
    });
    this.connections.forgetTokens(surplus);
  }

  /** What was stored, with `consumed` once it was used up; undefined when there is none. */
  async find(model: string, id: string): Promise<Payload | undefined> {
    const row = await this.store.read((manager) => manager.findOneBy(OAuthRecord, { model, idHash: hashSecret(id) }));
    if (!row || row.expiresAt <= this.clock.now()) return undefined;
    const payload = JSON.parse(unseal(row.sealed, id, model)) as Payload;
    return row.consumedAt === null ? payload : { ...payload, consumed: Math.floor(row.consumedAt / SECOND) };
  }

  /** Uses a code or refresh token up. False when it was used already: then the connection was ended. */
  async consume(model: string, id: string): Promise<boolean> {
    const isFirst = await this.store.write(async (transaction) => {
      const [row] = await transaction.selectForUpdate<{ consumedAt: number | null }>(
        'SELECT consumedAt FROM oauth_records WHERE model = ? AND idHash = ?',
        [model, hashSecret(id)],
      );
      if (!row || row.consumedAt !== null) return false;
      await transaction.manager.update(
        OAuthRecord,
        { model, idHash: hashSecret(id) },
        { consumedAt: this.clock.now() },
      );
      return true;
    });
    if (isFirst) return true;
    const grantId = readText((await this.find(model, id)) ?? {}, 'grantId');
    if (grantId !== null) await this.revokeGrant(grantId, `${model} used twice`);
    return false;
  }

  async destroy(model: string, id: string): Promise<void> {
    await this.store.write(({ manager }) => manager.delete(OAuthRecord, { model, idHash: hashSecret(id) }));
  }

  /** Ends the connection of a grant, with its tokens and everything that could bring new ones. */
  async revokeGrant(grantId: string, cause: string): Promise<void> {
    const subject = readText((await this.find('Grant', grantId)) ?? {}, 'accountId');
    const ended = await this.store.write(async (transaction) => {
      const keyIds = subject === null ? [] : await this.connections.end(transaction, subject, cause);
      await transaction.manager.delete(OAuthRecord, { grantHash: hashSecret(grantId) });
      return keyIds;
    });
    this.connections.forgetTokens(ended);
  }

  /** Remembers a registered client for as long as a connection of it may last. */
  async keepClient(clientId: string, expiresAt: number): Promise<void> {
    await this.store.write(({ manager }) =>
      manager.query('UPDATE oauth_records SET expiresAt = ? WHERE model = ? AND idHash = ? AND expiresAt < ?', [
        expiresAt,
        'Client',
        hashSecret(clientId),
        expiresAt,
      ]),
    );
  }

  async #requireRoom({ manager }: Transaction, model: string, now: number): Promise<void> {
    const max = MAX_UNOWNED[model];
    if (max === undefined) return;
    const [row] = await manager.query<{ count: number | string }[]>(
      `SELECT COUNT(*) AS count FROM (SELECT 1 FROM oauth_records WHERE model = ? AND accountId IS NULL AND expiresAt > ?
       LIMIT ${max}) AS counted`,
      [model, now],
    );
    if (Number(row?.count) >= max)
      throw new Fault('unavailable', 'Too many clients wait to be let in. Try again later.');
  }
}

const readText = (payload: Payload, name: string): string | null => {
  const value = payload[name];
  return typeof value === 'string' ? value : null;
};

async function forgetOldestUsed({ manager }: Transaction, grantHash: string | null): Promise<void> {
  const old = await manager.query<{ idHash: string }[]>(
    `SELECT idHash FROM oauth_records WHERE grantHash = ? AND model = 'RefreshToken' AND consumedAt IS NOT NULL
     ORDER BY consumedAt DESC LIMIT ${MAX_USED} OFFSET ${MAX_USED}`,
    [grantHash],
  );
  if (old.length === 0) return;
  const ids = old.map(({ idHash }) => idHash);
  await manager.query(
    `DELETE FROM oauth_records WHERE model = 'RefreshToken' AND idHash IN (${placeholders(ids)})`,
    ids,
  );
}
