/**
 * The web sessions that were used in the last moments, so that a request need not ask the database who calls. One that
 * is ended in this process is forgotten at once; one ended in another is refused when its entry has expired. Its key is
 * asked for at every request, so a web session never outlives its key.
 */
import { In } from 'typeorm';
import { type Clock, SECOND } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import { hashSecret } from '../../platform/secret.ts';
import type { Settings } from '../../platform/settings.ts';
import type { KeyCache } from '../keys/index.ts';
import { WebSession, type WebSessionRow } from './entity.ts';
import { isOpen, shouldRecordUse } from './rules.ts';
import { deriveCsrfToken } from './token.ts';

/** As long as the key ring trusts a key. */
const TTL_MS = 1 * SECOND;
const MAX_ENTRIES = 10_000;
/** So many are asked for by one query. */
const BATCH_SIZE = 500;

interface Entry {
  readonly row: WebSessionRow;
  readonly readAt: number;
}

export class WebSessionCache {
  readonly #entries = new Map<string, Entry>();
  /** Grows with every end, so that a read that began before one is not kept after it. */
  #invalidations = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly keyCache: KeyCache,
  ) {}

  /** Whom a cookie's token stands for: the holder of its key, or null. Notes that it was used. */
  async findPrincipal(token: string): Promise<Principal | null> {
    const tokenHash = hashSecret(token);
    const row = this.#getFresh(tokenHash) ?? (await this.#load(tokenHash));
    if (!row || !isOpen(row, this.settings, this.clock.now())) return null;
    const principal = await this.keyCache.findPrincipalByKeyId(row.keyId);
    if (!principal) return null;
    await this.#recordUse(row);
    return { ...principal, web: { tokenHash, csrfToken: deriveCsrfToken(token) } };
  }

  /** True for a token that was good when it was last looked up here. Asks nobody. */
  has(token: string): boolean {
    const entry = this.#entries.get(hashSecret(token));
    return !!entry && isOpen(entry.row, this.settings, this.clock.now());
  }

  /** Those of the web sessions, by the hashes of their tokens, that are still open, whoever has ended one. */
  async filterOpen(tokenHashes: readonly string[]): Promise<ReadonlySet<string>> {
    const open = new Set<string>();
    for (let from = 0; from < tokenHashes.length; from += BATCH_SIZE) {
      const batch = tokenHashes.slice(from, from + BATCH_SIZE);
      const rows = await this.store.read((manager) => manager.findBy(WebSession, { tokenHash: In(batch) }));
      for (const row of rows) if (isOpen(row, this.settings, this.clock.now())) open.add(row.tokenHash);
    }
    return open;
  }

  /** After web sessions were ended here. */
  invalidate(isEnded: (row: WebSessionRow) => boolean): void {
    this.#invalidations += 1;
    for (const [tokenHash, { row }] of this.#entries) if (isEnded(row)) this.#entries.delete(tokenHash);
  }

  #getFresh(tokenHash: string): WebSessionRow | undefined {
    const entry = this.#entries.get(tokenHash);
    return entry && performance.now() - entry.readAt < TTL_MS ? entry.row : undefined;
  }

  async #load(tokenHash: string): Promise<WebSessionRow | null> {
    const invalidations = this.#invalidations;
    const readAt = performance.now();
    const row = await this.store.read((manager) => manager.findOneBy(WebSession, { tokenHash }));
    if (!row) this.#entries.delete(tokenHash);
    else if (invalidations === this.#invalidations) this.#set({ row, readAt });
    return row;
  }

  /** A row that was ended meanwhile is not there to be written. */
  async #recordUse(row: WebSessionRow): Promise<void> {
    const now = this.clock.now();
    if (!shouldRecordUse(row, this.settings, now)) return;
    const { tokenHash } = row;
    row.lastUsedAt = now;
    await this.store.write(({ manager }) => manager.update(WebSession, { tokenHash }, { lastUsedAt: now }));
  }

  #set(entry: Entry): void {
    const { tokenHash } = entry.row;
    this.#entries.delete(tokenHash);
    this.#entries.set(tokenHash, entry);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
  }
}
