/** Signing in and out. Each change and its audit row are one transaction. */
import { type EntityManager, In } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import { isAdmin, type Principal, SERVER_ACCOUNT } from '../../platform/principal.ts';
import { hashSecret } from '../../platform/secret.ts';
import type { Settings } from '../../platform/settings.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { type Authenticator, Key, type KeyCache } from '../keys/index.ts';
import { WebSession, type WebSessionRow } from './entity.ts';
import { OneTimeLinks } from './one-time-links.ts';
import { newWebSessionRow, selectSurplus } from './rules.ts';
import { deriveCsrfToken, generateToken } from './token.ts';
import type { WebSessionCache } from './web-session-cache.ts';

/** A web session with its token, which goes into the cookie and is stored nowhere. */
export interface SignedIn {
  readonly token: string;
  readonly row: WebSessionRow;
  readonly principal: Principal;
}

export interface SignInDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly keyCache: KeyCache;
  readonly webSessions: WebSessionCache;
  readonly authenticator: Authenticator;
  readonly limits: RateLimits;
}

export class SignInService {
  readonly #links: OneTimeLinks;

  constructor(private readonly deps: SignInDependencies) {
    this.#links = new OneTimeLinks(deps.clock);
  }

  /** The secret of a one-time link that signs in as the first operator key; null when no operator key is valid. */
  async createLink(): Promise<string | null> {
    return (await this.#findFirstOperator()) ? this.#links.create() : null;
  }

  /** Throws `unauthenticated`, or `too-many-requests` after too many invalid credentials or for a spent budget. */
  async signIn({ key, link }: { key?: string; link?: string }, address: string | undefined): Promise<SignedIn> {
    const { authenticator, limits, store, clock, settings } = this.deps;
    const principal =
      link === undefined
        ? await authenticator.authenticate(key ?? '', address)
        : await authenticator.authenticateLink(() => this.#redeemLink(link), address);
    if (!principal) throw new Fault('unauthenticated', link === undefined ? WRONG_KEY : WRONG_LINK);
    limits.requireWithinBudget(await limits.countRequest(principal, 'write'));
    const token = generateToken();
    const now = clock.now();
    const row = newWebSessionRow(principal, hashSecret(token), settings, now);
    const ended = await store.write(async (transaction) => {
      const { manager } = transaction;
      const ended = await endSurplus(transaction, principal, settings, now);
      await manager.insert(WebSession, row);
      const detail = ended.length > 0 ? `ended ${ended.length} older web sessions of the key` : null;
      await recordAuditEntry(manager, principal, { action: 'signIn', subject: principal.keyId, detail }, now);
      return ended;
    });
    if (ended.length > 0) this.#invalidate(ended);
    return {
      token,
      row,
      principal: { ...principal, web: { tokenHash: row.tokenHash, csrfToken: deriveCsrfToken(token) } },
    };
  }

  /** Ends the caller's own web session, if it has one. */
  async signOut({ web }: Principal): Promise<void> {
    if (!web) return;
    const { tokenHash } = web;
    await this.deps.store.write(({ manager }) => manager.delete(WebSession, { tokenHash }));
    this.deps.webSessions.invalidate((row) => row.tokenHash === tokenHash);
  }

  /**
   * Ends all web sessions of the caller's key or, for admins, of every key of the account that they may revoke: those of
   * operators only for an operator. Resolves with their number. Throws `forbidden`.
   */
  async signOutEverywhere(principal: Principal, scope: Scope): Promise<number> {
    const { accountId, keyId } = principal;
    const ended = await this.deps.store.write(async ({ manager }) => {
      const query = selectWebSessions(manager, principal, scope);
      const hidden = scope === 'account' ? await findOperatorKeyIds(manager, principal) : [];
      if (hidden.length > 0) query.andWhere('web_session.keyId NOT IN (:...hidden)', { hidden });
      const tokenHashes = (await query.getMany()).map(({ tokenHash }) => tokenHash);
      await deleteWebSessions(manager, tokenHashes);
      const entry = { action: 'signOutEverywhere', subject: scope === 'account' ? accountId : keyId };
      await recordAuditEntry(manager, principal, entry, this.deps.clock.now());
      return tokenHashes;
    });
    this.#invalidate(ended);
    return ended.length;
  }

  /** A page of open web sessions of the caller's key or, for admins, of the account. Throws `forbidden`. */
  list(principal: Principal, scope: Scope, page: PageRequest) {
    const { store, settings, clock } = this.deps;
    return store.read((manager) => {
      const now = clock.now();
      const query = selectWebSessions(manager, principal, scope)
        .andWhere('web_session.expiresAt > :now', { now })
        .andWhere('web_session.lastUsedAt >= :idleSince', { idleSince: now - settings.webSessionIdleMs });
      return paginateNewestFirst(query, ['createdAt', 'tokenHash'], page);
    });
  }

  /** Ends one web session of the caller's key or, for admins, of the account. Throws `web-session-not-found`, `forbidden`. */
  async end(principal: Principal, webSessionId: string): Promise<void> {
    await this.deps.store.write(async ({ manager }) => {
      const scope = isAdmin(principal) ? 'account' : 'key';
      const row = await selectWebSessions(manager, principal, scope)
        .andWhere('web_session.tokenHash = :webSessionId', { webSessionId })
        .getOne();
      if (!row) throw new Fault('web-session-not-found', `No web session '${webSessionId}' that this key may end.`);
      if ((await findOperatorKeyIds(manager, principal)).includes(row.keyId))
        throw new Fault('forbidden', "Only an operator may end an operator's web session.");
      await deleteWebSessions(manager, [webSessionId]);
      const entry = { action: 'endWebSession', subject: row.keyId };
      await recordAuditEntry(manager, principal, entry, this.deps.clock.now());
    });
    this.#invalidate([webSessionId]);
  }

  #invalidate(tokenHashes: readonly string[]): void {
    const ended = new Set(tokenHashes);
    this.deps.webSessions.invalidate((row) => ended.has(row.tokenHash));
  }

  async #redeemLink(link: string): Promise<Principal | null> {
    return this.#links.redeem(link) ? this.#findFirstOperator() : null;
  }

  /** The oldest valid operator key of the server's own account. */
  async #findFirstOperator(): Promise<Principal | null> {
    const keys = await this.deps.store.read((manager) =>
      manager.find(Key, {
        where: { accountId: SERVER_ACCOUNT, role: 'operator' },
        order: { createdAt: 'ASC', keyId: 'ASC' },
        select: { keyId: true },
      }),
    );
    for (const { keyId } of keys) {
      const principal = await this.deps.keyCache.findPrincipalByKeyId(keyId);
      if (principal) return principal;
    }
    return null;
  }
}

type Scope = 'key' | 'account';

/** Web sessions that one statement deletes: databases limit the number of parameters. */
const DELETE_BATCH = 500;

/** The web sessions of the caller's key or account. Throws `forbidden` for the account unless the caller is an admin. */
function selectWebSessions(manager: EntityManager, principal: Principal, scope: Scope) {
  if (scope === 'account' && !isAdmin(principal))
    throw new Fault('forbidden', 'Only an admin may see or end the web sessions of other keys.');
  const { accountId, keyId } = principal;
  const query = manager
    .createQueryBuilder(WebSession, 'web_session')
    .where('web_session.accountId = :accountId', { accountId });
  return scope === 'account' ? query : query.andWhere('web_session.keyId = :keyId', { keyId });
}

/** The account's operator keys when the caller is none itself: no admin acts on an operator. Empty for an operator. */
async function findOperatorKeyIds(manager: EntityManager, { accountId, role }: Principal): Promise<string[]> {
  if (role === 'operator') return [];
  const keys = await manager.find(Key, { where: { accountId, role: 'operator' }, select: { keyId: true } });
  return keys.map(({ keyId }) => keyId);
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
const WRONG_LINK = 'This link was used already or is too old. Start the server again for a new one, or paste a key.';
