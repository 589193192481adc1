/** Signing in and out. Each act and its audit row are one transaction. */
import type { FindOptionsWhere } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import { isAdmin, type Principal, SERVER_ACCOUNT } from '../../platform/principal.ts';
import { hashSecret } from '../../platform/secret.ts';
import type { Settings } from '../../platform/settings.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { type Authenticator, Key, type KeyCache } from '../keys/index.ts';
import { WebSession, type WebSessionRow } from './entity.ts';
import { OneTimeLinks } from './one-time-links.ts';
import { newWebSessionRow } from './rules.ts';
import { deriveCsrfToken, generateToken } from './token.ts';
import type { WebSessionCache } from './web-session-cache.ts';

/** A web session with its token, which goes into the cookie and nowhere else. */
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

  /** The secret of a one-time link that signs in as the first operator key; null when no such key holds any more. */
  async createLink(): Promise<string | null> {
    return (await this.#findFirstOperator()) ? this.#links.create() : null;
  }

  /** Throws `unauthenticated`, and `too-many-requests` for an address that has guessed too often or a spent budget. */
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
    await store.write(async ({ manager }) => {
      await manager.insert(WebSession, row);
      await recordAuditEntry(manager, principal, { action: 'signIn', subject: principal.keyId }, now);
    });
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

  /** Ends all web sessions of the caller's key, or of its account; tells how many. Throws `forbidden`. */
  async signOutEverywhere(principal: Principal, scope: 'key' | 'account'): Promise<number> {
    if (scope === 'account' && !isAdmin(principal)) {
      throw new Fault('forbidden', 'Only an admin may end the web sessions of other keys.');
    }
    const { accountId, keyId } = principal;
    const which: FindOptionsWhere<WebSessionRow> = scope === 'account' ? { accountId } : { accountId, keyId };
    const ended = await this.deps.store.write(async ({ manager }) => {
      const count = await manager.countBy(WebSession, which);
      await manager.delete(WebSession, which);
      const act = { action: 'signOutEverywhere', subject: scope === 'account' ? accountId : keyId };
      await recordAuditEntry(manager, principal, act, this.deps.clock.now());
      return count;
    });
    this.deps.webSessions.invalidate(
      (row) => row.accountId === accountId && (scope === 'account' || row.keyId === keyId),
    );
    return ended;
  }

  async #redeemLink(link: string): Promise<Principal | null> {
    return this.#links.redeem(link) ? this.#findFirstOperator() : null;
  }

  /** The oldest operator key of the server's own account that still holds. */
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

const WRONG_KEY = 'This key is mistyped, expired or revoked. A key is fb_<keyId>_<secret>.';
const WRONG_LINK = 'This link was used already or is too old. Start the server again for a new one, or paste a key.';
