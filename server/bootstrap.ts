/** The first account and the first key: what makes a fresh database usable. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { Account } from './accounts/entity.ts';
import type { Clock } from './clock.ts';
import { ConfigError } from './config.ts';
import { SERVER_ACCOUNT as MAIN } from './context.ts';
import { Key, type KeyRow } from './keys/entity.ts';
import { hashOf, isSecret, type KeyParts, keyOf, newKey, partsOf } from './keys/secret.ts';
import type { Store } from './storage/store.ts';

export interface AdminKey {
  /** Where the key can be found; null when only its owner knows. */
  readonly place: string | null;
  /** The key itself, when this start has made it. */
  readonly made: string | null;
}

/**
 * Makes the account on a first start, and its operator key: the given one, or a new one that is written to a file of mode
 * 600 beside the embedded database. On a database that has an account already, a given key that is new is added: the way
 * back in for whoever owns the machine.
 */
export async function bootstrap(
  store: Store,
  clock: Clock,
  at: { databaseUrl: string; adminKey: string },
): Promise<AdminKey> {
  const file = keyFile(at.databaseUrl);
  const given = partsOf(at.adminKey);
  const made = given ? null : newKey();
  const isFirst = await store.write(async ({ manager }) => {
    const first = !(await manager.existsBy(Account, { accountId: MAIN }));
    const now = clock.now();
    // Two first starts at once: the loser's insert fails on the primary key, and it starts again as a second start.
    if (first) await manager.insert(Account, { accountId: MAIN, name: MAIN, tier: 'unlimited', createdAt: now });
    if (given) await admit(manager, given, now);
    else if (first && made) {
      await manager.insert(Key, operatorKey(made, now));
      // Before the commit, while this process alone may write: a key that is stored is never one that nobody was shown.
      if (file) keep(file, keyOf(made));
    }
    return first;
  });
  if (given) return { place: 'FLEETBEAT_ADMIN_KEY', made: null };
  if (!isFirst || !made) return { place: file && readable(file) ? file : null, made: null };
  return { place: file, made: keyOf(made) };
}

const operatorKey = ({ keyId, secret }: KeyParts, now: number): KeyRow => ({
  keyId,
  accountId: MAIN,
  programId: null,
  role: 'operator',
  label: 'Made by the server at its start',
  secretHash: hashOf(secret),
  createdAt: now,
  expiresAt: null,
  revokedAt: null,
  rotatedTo: null,
  lastUsedAt: null,
});

/** A key that was revoked stays revoked; the same id with another secret is another key, and replaces it. */
async function admit(manager: EntityManager, given: KeyParts, now: number): Promise<void> {
  const known = await manager.findOneBy(Key, { keyId: given.keyId });
  if (!known) return void (await manager.insert(Key, operatorKey(given, now)));
  if (known.accountId !== MAIN || known.role !== 'operator') {
    throw new ConfigError('FLEETBEAT_ADMIN_KEY has the id of a key that was made for somebody else; choose another id');
  }
  if (!isSecret(given.secret, known.secretHash))
    await manager.update(Key, { keyId: given.keyId }, operatorKey(given, now));
}

const keyFile = (databaseUrl: string): string | null =>
  databaseUrl.startsWith('sqlite:') && databaseUrl !== 'sqlite::memory:'
    ? join(dirname(databaseUrl.slice('sqlite:'.length)), 'admin.key')
    : null;

function keep(file: string, key: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
}

const readable = (file: string): boolean => {
  try {
    return readFileSync(file, 'utf8') !== '';
  } catch {
    return false;
  }
};
