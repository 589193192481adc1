/** Signing in and out. Each act and its audit row are one transaction. */
import type { FindOptionsWhere } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import { isAdmin, type Principal, SERVER_ACCOUNT } from '../../platform/context.ts';
import type { Store } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import { hashOf } from '../../platform/secret.ts';
import type { Settings } from '../../platform/settings.ts';
import { recordAct } from '../audit/record.ts';
import type { Door } from '../keys/door.ts';
import { Key } from '../keys/entity.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { WebSession, type WebSessionRow } from './entity.ts';
import { OneTimeLinks } from './links.ts';
import { opened } from './rules.ts';
import { csrfTokenOf, newToken } from './token.ts';
import type { WebSessionRing } from './web-session-ring.ts';

/** A web session with its token, which goes into the cookie and nowhere else. */
export interface SignedIn {
  readonly token: string;
  readonly row: WebSessionRow;
  readonly principal: Principal;
}

export interface SignInParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly keys: KeyRing;
  readonly sessions: WebSessionRing;
  readonly door: Door;
  readonly limits: RateLimits;
}

export class SignInService {
  readonly #links: OneTimeLinks;

  constructor(private readonly parts: SignInParts) {
    this.#links = new OneTimeLinks(parts.clock);
  }

  /** The secret of a one-time link that signs in as the first operator key; null when no such key holds any more. */
  async offerLink(): Promise<string | null> {
    return (await this.#firstOperator()) ? this.#links.offer() : null;
  }

  /** Throws `unauthenticated`, and `too-many-requests` for an address that has guessed too often or a spent budget. */
  async signIn({ key, link }: { key?: string; link?: string }, address: string | undefined): Promise<SignedIn> {
    const { door, limits, store, clock, settings } = this.parts;
    const holder =
      link === undefined
        ? await door.holderOf(key ?? '', address)
        : await door.holderOfLink(() => this.#holderOf(link), address);
    if (!holder) throw new Fault('unauthenticated', link === undefined ? WRONG_KEY : WRONG_LINK);
    limits.requireRoom(await limits.request(holder, 'write'));
    const token = newToken();
    const now = clock.now();
    const row = opened(holder, hashOf(token), settings, now);
    await store.write(async ({ manager }) => {
      await manager.insert(WebSession, row);
      await recordAct(manager, holder, { action: 'signIn', subject: holder.keyId }, now);
    });
    return { token, row, principal: { ...holder, web: { tokenHash: row.tokenHash, csrfToken: csrfTokenOf(token) } } };
  }

  /** Ends the caller's own web session, if it has one. */
  async signOut({ web }: Principal): Promise<void> {
    if (!web) return;
    const { tokenHash } = web;
    await this.parts.store.write(({ manager }) => manager.delete(WebSession, { tokenHash }));
    this.parts.sessions.forget((row) => row.tokenHash === tokenHash);
  }

  /** Ends all web sessions of the caller's key, or of its account; tells how many. Throws `forbidden`. */
  async signOutEverywhere(principal: Principal, scope: 'key' | 'account'): Promise<number> {
    if (scope === 'account' && !isAdmin(principal)) {
      throw new Fault('forbidden', 'Only an admin may end the web sessions of other keys.');
    }
    const { accountId, keyId } = principal;
    const which: FindOptionsWhere<WebSessionRow> = scope === 'account' ? { accountId } : { accountId, keyId };
    const ended = await this.parts.store.write(async ({ manager }) => {
      const count = await manager.countBy(WebSession, which);
      await manager.delete(WebSession, which);
      const act = { action: 'signOutEverywhere', subject: scope === 'account' ? accountId : keyId };
      await recordAct(manager, principal, act, this.parts.clock.now());
      return count;
    });
    this.parts.sessions.forget((row) => row.accountId === accountId && (scope === 'account' || row.keyId === keyId));
    return ended;
  }

  async #holderOf(link: string): Promise<Principal | null> {
    return this.#links.use(link) ? this.#firstOperator() : null;
  }

  /** The oldest operator key of the server's own account that still holds. */
  async #firstOperator(): Promise<Principal | null> {
    const keys = await this.parts.store.read((manager) =>
      manager.find(Key, {
        where: { accountId: SERVER_ACCOUNT, role: 'operator' },
        order: { createdAt: 'ASC', keyId: 'ASC' },
        select: { keyId: true },
      }),
    );
    for (const { keyId } of keys) {
      const holder = await this.parts.keys.holderOfId(keyId);
      if (holder) return holder;
    }
    return null;
  }
}

const WRONG_KEY = 'This key is mistyped, expired or revoked. A key is fb_<keyId>_<secret>.';
const WRONG_LINK = 'This link was used already or is too old. Start the server again for a new one, or paste a key.';
