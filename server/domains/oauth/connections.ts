/** Connections and their tokens. Each change is one transaction; keys are locked before connections. */
import type { EntityManager } from 'typeorm';
import { v7 as timeOrderedId } from 'uuid';
import type { Clock } from '../../platform/clock.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import type { Principal } from '../../platform/principal.ts';
import { hashSecret, parseKey } from '../../platform/secret.ts';
import { recordAuditEntry } from '../audit/index.ts';
import {
  Connection,
  type ConnectionRow,
  deleteKeys,
  isValid,
  Key,
  type KeyCache,
  lockKey,
  lockValidCaller,
  publishKeyEvent,
} from '../keys/index.ts';
import { registerProgram } from '../programs/index.ts';
import { disableWebhooksOfKeys, moveWebhooksToKey } from '../webhooks/index.ts';
import { type Approval, CONNECTION_MS, isConnected, newConnectionRow, newTokenRow } from './rules.ts';

/** Tokens of one connection that are kept: the newest, and some that requests on their way may still carry. */
const MAX_TOKENS = 4;

/** The subject of tokens: whose account, and which connection. */
export const formatSubject = ({ accountId, connectionId }: Pick<ConnectionRow, 'accountId' | 'connectionId'>) =>
  `${accountId}/${connectionId}`;

export function parseSubject(subject: string): Pick<ConnectionRow, 'accountId' | 'connectionId'> {
  const [accountId = '', connectionId = ''] = subject.split('/');
  return { accountId, connectionId };
}

export class Connections {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly keyCache: KeyCache,
    private readonly caps: AccountCaps,
  ) {}

  /** Lets a client in, and its program unless that exists. Throws `account-limit-reached`, `program-being-removed`. */
  async create(
    principal: Principal,
    approval: Approval,
    client: Pick<ConnectionRow, 'clientId' | 'clientName' | 'ticketHash'>,
  ): Promise<ConnectionRow> {
    const now = this.clock.now();
    const row = newConnectionRow(principal, approval, { ...client, connectionId: timeOrderedId() }, now);
    await this.store.write(async (transaction) => {
      await lockValidCaller(transaction, principal, now);
      await this.caps.require(transaction.manager, 'keys', row.accountId, now);
      if (row.programId !== null) await registerProgram(transaction, this.caps, row.accountId, row.programId, now);
      await transaction.manager.insert(Connection, row);
      const detail = `${row.clientName ?? 'unnamed'} (${row.clientId}) as ${row.role} ${row.programId ?? ''}`.trim();
      const entry = { action: 'approveAuthorizationRequest', subject: row.connectionId, detail };
      await recordAuditEntry(transaction.manager, principal, entry, now);
    });
    return row;
  }

  /** Uses up the ticket of a consent: of two uses one gets the connection, the other null. */
  redeem(accountId: string, connectionId: string, ticketHash: string): Promise<ConnectionRow | null> {
    return this.store.write(async (transaction) => {
      const now = this.clock.now();
      const row = await lockConnection(transaction, { accountId, connectionId });
      if (!row || row.ticketHash !== ticketHash || !isConnected(row, now)) return null;
      const key = await transaction.manager.findOneBy(Key, { accountId, keyId: row.keyId });
      if (!key || !isValid(key, now)) return null;
      const expiresAt = Math.min(now + CONNECTION_MS, key.expiresAt ?? Number.MAX_SAFE_INTEGER);
      await transaction.manager.update(Connection, { accountId, connectionId }, { ticketHash: null, expiresAt });
      return { ...row, ticketHash: null, expiresAt };
    });
  }

  /** The connection while it lasts, with the key of its person; null afterwards. */
  find(subject: string): Promise<ConnectionRow | null> {
    return this.store.read((manager) => findConnected(manager, subject, this.clock.now()));
  }

  /**
   * Stores a token of a connection as a key, within the transaction that stores what the protocol remembers of it. The
   * person's key is locked, so that its revocation misses no token. Resolves with the ids of tokens that gave way.
   * Throws `unauthenticated` when the connection has ended.
   */
  async addToken(transaction: Transaction, subject: string, token: string, until: number): Promise<string[]> {
    const now = this.clock.now();
    const parts = parseKey(token);
    const found = await findConnected(transaction.manager, subject, now);
    if (!parts || !found) throw new Fault('unauthenticated', 'The connection has ended.');
    await lockValidCaller(transaction, found, now);
    const connection = await lockConnection(transaction, found);
    const person = await transaction.manager.findOneBy(Key, { accountId: found.accountId, keyId: found.keyId });
    if (!connection || !person || connection.keyId !== person.keyId || !isConnected(connection, now))
      throw new Fault('unauthenticated', 'The connection has ended.');
    const { accountId, connectionId, programId } = connection;
    if (programId !== null) await registerProgram(transaction, this.caps, accountId, programId, now);
    const secret = { keyId: parts.keyId, secretHash: hashSecret(parts.secret) };
    const row = newTokenRow(connection, person, secret, until, now);
    const older = await transaction.manager.find(Key, {
      where: { accountId, connectionId },
      order: { createdAt: 'DESC', keyId: 'DESC' },
    });
    const surplus = older.slice(MAX_TOKENS - 1).map(({ keyId }) => keyId);
    await deleteKeys(transaction, accountId, surplus);
    await transaction.manager.insert(Key, row);
    // What an earlier token has registered belongs to the connection, and ends with it.
    for (const { keyId } of older) await moveWebhooksToKey(transaction, accountId, { from: keyId, to: row.keyId });
    if (older.length === 0) publishKeyEvent(transaction, 'key.created', row, now);
    return surplus;
  }

  /** Drops keys from this server's cache. */
  forgetTokens(keyIds: readonly string[]): void {
    if (keyIds.length > 0) this.keyCache.invalidate(keyIds);
  }

  /**
   * Ends a connection and its tokens. The person's key is locked as `addToken` locks it, so that no token is added behind
   * those that were read. Resolves with their ids. `cause` is for the audit.
   */
  async end(transaction: Transaction, subject: string, cause: string): Promise<string[]> {
    const now = this.clock.now();
    const { accountId, connectionId } = parseSubject(subject);
    await lockPersonsKey(transaction, { accountId, connectionId });
    const query = transaction.manager
      .createQueryBuilder(Key, 'api_key')
      .where('api_key.accountId = :accountId AND api_key.connectionId = :connectionId', { accountId, connectionId });
    const tokens = await transaction.forUpdate(query).getMany();
    const connection = await lockConnection(transaction, { accountId, connectionId });
    if (!connection || connection.endedAt !== null) return [];
    await transaction.manager.update(Connection, { accountId, connectionId }, { endedAt: now });
    const keyIds = tokens.map(({ keyId }) => keyId);
    const entry = { action: 'endConnection', subject: connectionId, detail: cause };
    await recordAuditEntry(transaction.manager, connection, entry, now);
    for (const token of tokens.filter((each) => isValid(each, now))) {
      await transaction.manager.update(Key, { accountId, keyId: token.keyId }, { revokedAt: now });
      publishKeyEvent(transaction, 'key.revoked', token, now);
    }
    await disableWebhooksOfKeys(transaction, connection, keyIds, now);
    return keyIds;
  }
}

async function findConnected(manager: EntityManager, subject: string, now: number): Promise<ConnectionRow | null> {
  const row = await manager.findOneBy(Connection, parseSubject(subject));
  if (!row || !isConnected(row, now)) return null;
  const key = await manager.findOneBy(Key, { accountId: row.accountId, keyId: row.keyId });
  return key && isValid(key, now) ? row : null;
}

/** Locks the key of the person who let the client in; a rotation moves the connection to another one, under that lock. */
async function lockPersonsKey(
  transaction: Transaction,
  { accountId, connectionId }: Pick<ConnectionRow, 'accountId' | 'connectionId'>,
): Promise<void> {
  const readKeyId = async () =>
    (await transaction.manager.findOneBy(Connection, { accountId, connectionId }))?.keyId ?? null;
  let locked: string | null = null;
  for (let keyId = await readKeyId(); keyId !== null && keyId !== locked; keyId = await readKeyId()) {
    await lockKey(transaction, accountId, keyId);
    locked = keyId;
  }
}

const lockConnection = (
  { manager, forUpdate }: Transaction,
  { accountId, connectionId }: Pick<ConnectionRow, 'accountId' | 'connectionId'>,
): Promise<ConnectionRow | null> =>
  forUpdate(
    manager
      .createQueryBuilder(Connection, 'connection')
      .where('connection.accountId = :accountId AND connection.connectionId = :connectionId', {
        accountId,
        connectionId,
      }),
  ).getOne();
