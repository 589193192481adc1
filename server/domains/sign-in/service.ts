/** Signing in and out. Each change and its audit row are one transaction. */
import { type EntityManager, In } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import { type ClientInfo, isAdmin, type Principal } from '../../platform/principal.ts';
import { hashSecret } from '../../platform/secret.ts';
import type { Settings } from '../../platform/settings.ts';
import { recordAuditEntry } from '../audit/index.ts';
import {
  type Authenticator,
  Key,
  type KeyCache,
  type KeyRow,
  type KeyService,
  revokeWithWebSessions,
} from '../keys/index.ts';
import { describeDevice } from './device.ts';
import { WebSession, type WebSessionRow } from './entity.ts';
import { findOperatorKeyIds, findRoles } from './queries.ts';
import { newWebSessionRow, selectSurplus } from './rules.ts';
import { deriveCsrfToken, generateToken } from './token.ts';
import type { WebSessionCache } from './web-session-cache.ts';

/** A web session with its token, which goes into the cookie and is stored nowhere. */
export interface OpenedWebSession {
  readonly token: string;
  readonly row: WebSessionRow;
}

export interface SignedIn extends OpenedWebSession {
  readonly principal: Principal;
}

/** A web session with the role of its key. */
export type ListedWebSession = WebSessionRow & Pick<KeyRow, 'role'>;

export interface SignInDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly keys: KeyService;
  readonly keyCache: KeyCache;
  readonly webSessions: WebSessionCache;
  readonly authenticator: Authenticator;
  readonly limits: RateLimits;
  /** Withdraws what would let another browser in. Provided by the domain invitations. */
  readonly withdrawInvitations: (on: Transaction, by: Principal, scope: Scope, now: number) => Promise<void>;
}

export class SignInService {
  constructor(private readonly deps: SignInDependencies) {}

  /** Throws `unauthenticated`, or `too-many-requests` after too many invalid credentials or for a spent budget. */
  async signIn(key: string, client: ClientInfo): Promise<SignedIn> {
    const { authenticator, limits, store, clock, settings } = this.deps;
    const principal = await authenticator.authenticate(key, client.address);
    // A token of OAuth is for /mcp alone.
    if (!principal || principal.connectionId !== undefined) throw new Fault('unauthenticated', WRONG_KEY);
    limits.requireWithinBudget(await limits.countRequest(principal, 'write'));
    const now = clock.now();
    const { opened, ended } = await store.write(async (transaction) => {
      const ended = await endSurplus(transaction, principal, settings, now);
      const opened = await this.openWithin(transaction, principal, client, { ownsKey: false, now });
      const detail = ended.length > 0 ? `ended ${ended.length} older web sessions of the key` : null;
      const entry = { action: 'signIn', subject: principal.keyId, detail };
      await recordAuditEntry(transaction.manager, principal, entry, now);
      return { opened, ended };
    });
    if (ended.length > 0) this.#invalidate(ended);
    return { ...opened, principal: withWebSession(principal, opened) };
  }

  /** Opens a web session of a valid key, within a transaction that writes the audit row. */
  async openWithin(
    { manager }: Transaction,
    { accountId, keyId }: Pick<Principal, 'accountId' | 'keyId'>,
    { userAgent }: Pick<ClientInfo, 'userAgent'>,
    { ownsKey, now }: { readonly ownsKey: boolean; readonly now: number },
  ): Promise<OpenedWebSession> {
    const token = generateToken();
    const owner = { accountId, keyId, device: describeDevice(userAgent), ownsKey };
    const row = newWebSessionRow(owner, hashSecret(token), this.deps.settings, now);
    await manager.insert(WebSession, row);
    return { token, row };
  }

  /** What a web session that was just opened can do. Throws `unauthenticated` when its key was revoked since. */
  async identify(opened: OpenedWebSession): Promise<SignedIn> {
    const principal = await this.deps.keyCache.findPrincipalByKeyId(opened.row.keyId);
    if (!principal) throw new Fault('unauthenticated', 'The key of this web session was just revoked.');
    return { ...opened, principal: withWebSession(principal, opened) };
  }

  /** Ends the caller's own web session, if it has one. */
  async signOut(principal: Principal): Promise<void> {
    const { web } = principal;
    if (!web) return;
    await this.#end(principal, async ({ manager }) => manager.findBy(WebSession, { tokenHash: web.tokenHash }));
  }

  /**
   * Ends all web sessions of the caller's key or, for admins, of every key of the account that they may revoke: those of
   * operators only for an operator. Their open invitations of browsers are withdrawn first, so that none lets one in
   * behind it. Resolves with the number of web sessions. Throws `forbidden`.
   */
  async signOutEverywhere(principal: Principal, scope: Scope): Promise<number> {
    const { accountId, keyId } = principal;
    return this.#end(principal, async (transaction) => {
      const { manager } = transaction;
      const now = this.deps.clock.now();
      if (scope === 'key' || isAdmin(principal))
        await this.deps.withdrawInvitations(transaction, principal, scope, now);
      const query = selectWebSessions(manager, principal, scope);
      const hidden = scope === 'account' ? await findOperatorKeyIds(manager, principal) : [];
      if (hidden.length > 0) query.andWhere('web_session.keyId NOT IN (:...hidden)', { hidden });
      const entry = { action: 'signOutEverywhere', subject: scope === 'account' ? accountId : keyId };
      await recordAuditEntry(manager, principal, entry, now);
      return query.getMany();
    });
  }

  /** A page of open web sessions of the caller's key or, for admins, of the account. Throws `forbidden`. */
  list(principal: Principal, scope: Scope, request: PageRequest) {
    const { store, settings, clock } = this.deps;
    return store.read(async (manager) => {
      const now = clock.now();
      const query = selectWebSessions(manager, principal, scope)
        .andWhere('web_session.expiresAt > :now', { now })
        .andWhere('web_session.lastUsedAt >= :idleSince', { idleSince: now - settings.webSessionIdleMs });
      const { page, nextCursor } = await paginateNewestFirst(query, ['createdAt', 'tokenHash'], request);
      const roles = await findRoles(manager, principal, page);
      const listed = page.map((row): ListedWebSession => ({ ...row, role: roles.get(row.keyId) ?? 'program' }));
      return { page: listed, nextCursor };
    });
  }

  /** Ends one web session of the caller's key or, for admins, of the account. Throws `web-session-not-found`, `forbidden`. */
  async end(principal: Principal, webSessionId: string): Promise<void> {
    await this.#end(principal, async ({ manager }) => {
      const scope = isAdmin(principal) ? 'account' : 'key';
      const row = await selectWebSessions(manager, principal, scope)
        .andWhere('web_session.tokenHash = :webSessionId', { webSessionId })
        .getOne();
      if (!row) throw new Fault('web-session-not-found', `No web session '${webSessionId}' that this key may end.`);
      if ((await findOperatorKeyIds(manager, principal)).includes(row.keyId))
        throw new Fault('forbidden', "Only an operator may end an operator's web session.");
      const entry = { action: 'endWebSession', subject: row.keyId };
      await recordAuditEntry(manager, principal, entry, this.deps.clock.now());
      return [row];
    });
  }

  /** Ends what `select` resolves with, and the keys that were created for these web sessions alone. Resolves with their number. */
  async #end(
    principal: Principal,
    select: (transaction: Transaction) => Promise<readonly WebSessionRow[]>,
  ): Promise<number> {
    const { store, keys, clock } = this.deps;
    const { tokenHashes, revoked } = await store.write(async (transaction) => {
      const rows = await select(transaction);
      const tokenHashes = rows.map(({ tokenHash }) => tokenHash);
      await deleteWebSessions(transaction.manager, tokenHashes);
      const ownKeys = rows.filter(({ ownsKey }) => ownsKey).map(({ keyId }) => keyId);
      const revoked = await revokeWithWebSessions(transaction, principal, ownKeys, clock.now());
      return { tokenHashes, revoked };
    });
    this.#invalidate(tokenHashes);
    keys.forget(revoked);
    return tokenHashes.length;
  }

  #invalidate(tokenHashes: readonly string[]): void {
    const ended = new Set(tokenHashes);
    this.deps.webSessions.invalidate((row) => ended.has(row.tokenHash));
  }
}

type Scope = 'key' | 'account';

/** Web sessions that one statement deletes: databases limit the number of parameters. */
const DELETE_BATCH = 500;

/**
 * The web sessions of the caller's key, with those of browsers that it invited, or of its account. Throws `forbidden` for the
 * account unless the caller is an admin.
 */
function selectWebSessions(manager: EntityManager, principal: Principal, scope: Scope) {
  if (scope === 'account' && !isAdmin(principal))
    throw new Fault('forbidden', 'Only an admin may see or end the web sessions of other keys.');
  const { accountId, keyId } = principal;
  const query = manager
    .createQueryBuilder(WebSession, 'web_session')
    .where('web_session.accountId = :accountId', { accountId });
  if (scope === 'account') return query;
  const invited = manager
    .createQueryBuilder(Key, 'api_key')
    .select('api_key.keyId')
    .where('api_key.accountId = :accountId AND api_key.createdBy = :keyId');
  return query.andWhere(
    `(web_session.keyId = :keyId OR (web_session.ownsKey = 1 AND web_session.keyId IN (${invited.getQuery()})))`,
    { keyId },
  );
}

/** Ends the oldest web sessions of a key that has the maximum. The key's row is locked, so that none is missed. */
async function endSurplus(
  { manager, forUpdate }: Transaction,
  { accountId, keyId }: Principal,
  settings: Settings,
  now: number,
): Promise<string[]> {
  await forUpdate(manager.createQueryBuilder(Key, 'api_key').where('api_key.keyId = :keyId', { keyId })).getOne();
  const surplus = selectSurplus(await manager.findBy(WebSession, { accountId, keyId }), settings, now);
  const tokenHashes = surplus.map(({ tokenHash }) => tokenHash);
  await deleteWebSessions(manager, tokenHashes);
  return tokenHashes;
}

async function deleteWebSessions(manager: EntityManager, tokenHashes: readonly string[]): Promise<void> {
  for (let from = 0; from < tokenHashes.length; from += DELETE_BATCH)
    await manager.delete(WebSession, { tokenHash: In(tokenHashes.slice(from, from + DELETE_BATCH)) });
}

const WRONG_KEY = 'This key is mistyped, expired or revoked. A key is fb_<keyId>_<secret>.';

const withWebSession = (principal: Principal, { token, row }: OpenedWebSession): Principal => ({
  ...principal,
  web: { tokenHash: row.tokenHash, csrfToken: deriveCsrfToken(token) },
});
