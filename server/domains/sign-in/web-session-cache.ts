/**
 * Web sessions by the hash of their token, over the shared credential cache. The session's key is looked up on every
 * request, so a web session never outlives its key.
 */
import { In } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import { CredentialCache, type LookupLane, loadInBatches } from '../../platform/credentials/credential-cache.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import { hashSecret } from '../../platform/secret.ts';
import type { Settings } from '../../platform/settings.ts';
import type { KeyCache } from '../keys/index.ts';
import { WebSession, type WebSessionRow } from './entity.ts';
import { isOpen, shouldRecordUse } from './rules.ts';
import { deriveCsrfToken } from './token.ts';

export class WebSessionCache {
  readonly #rows = new CredentialCache<WebSessionRow>((tokenHashes) => this.#load(tokenHashes));

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly keyCache: KeyCache,
  ) {}

  /** The principal of a cookie's token, which is the holder of its key; null when either is no longer valid. */
  async findPrincipal(token: string, lane: LookupLane): Promise<Principal | null> {
    const tokenHash = hashSecret(token);
    const row = await this.#rows.find(tokenHash, lane);
    if (!row || !isOpen(row, this.settings, this.clock.now())) return null;
    const principal = await this.keyCache.findPrincipalByKeyId(row.keyId);
    if (!principal) return null;
    await this.#recordUse(row);
    return { ...principal, web: { tokenHash, csrfToken: deriveCsrfToken(token) } };
  }

  /** Those of the web sessions, by the hashes of their tokens, that are open in the database now. */
  async filterOpen(tokenHashes: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await loadInBatches(tokenHashes, (batch) =>
      this.store.read((manager) => manager.findBy(WebSession, { tokenHash: In(batch) })),
    );
    return new Set(
      rows.filter((row) => isOpen(row, this.settings, this.clock.now())).map(({ tokenHash }) => tokenHash),
    );
  }

  /** After web sessions were ended. */
  invalidate(isEnded: (row: WebSessionRow) => boolean): void {
    this.#rows.invalidate(isEnded);
  }

  /** When nothing cached may be believed any more. */
  clear(): void {
    this.#rows.clear();
  }

  async #load(tokenHashes: readonly string[]): Promise<ReadonlyMap<string, WebSessionRow>> {
    const rows = await this.store.read((manager) => manager.findBy(WebSession, { tokenHash: In([...tokenHashes]) }));
    return new Map(rows.map((row) => [row.tokenHash, row]));
  }

  /** Updates no row when the session was ended meanwhile. */
  async #recordUse(row: WebSessionRow): Promise<void> {
    const now = this.clock.now();
    if (!shouldRecordUse(row, this.settings, now)) return;
    const { tokenHash } = row;
    row.lastUsedAt = now;
    await this.store.write(({ manager }) => manager.update(WebSession, { tokenHash }, { lastUsedAt: now }));
  }
}
