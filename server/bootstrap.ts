/** Creates the first account and the first operator key in a fresh database. */
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type EntityManager, IsNull } from 'typeorm';
import { ConfigError } from './config.ts';
import { Account } from './domains/accounts/index.ts';
import { Key, type KeyRow } from './domains/keys/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import { SERVER_ACCOUNT as MAIN } from './platform/principal.ts';
import { formatKey, generateKey, hashSecret, type KeyParts, parseKey, verifySecret } from './platform/secret.ts';

export interface AdminKey {
  /** Where the key is stored; null when only its owner has it. */
  readonly location: string | null;
  /** The key itself when this start created it. */
  readonly generated: string | null;
}

/**
 * On a first start creates the account and its operator key: the given one, or a new one that is written to a file of mode
 * 600 beside the embedded database. On an existing database a given key that is unknown is added, so that the owner of the
 * machine can regain access.
 */
export async function bootstrap(
  store: Store,
  clock: Clock,
  options: { databaseUrl: string; adminKey: string },
): Promise<AdminKey> {
  const file = getKeyFilePath(options.databaseUrl);
  const given = parseKey(options.adminKey);
  const generated = given ? null : generateKey();
  return store.write(async ({ manager }) => {
    const first = !(await manager.existsBy(Account, { accountId: MAIN }));
    const now = clock.now();
    // Of two concurrent first starts, one fails on the primary key and retries as a second start.
    if (first)
      await manager.insert(Account, {
        accountId: MAIN,
        name: MAIN,
        tier: 'unlimited',
        createdAt: now,
        removedAt: null,
      });
    if (given) {
      await addAdminKey(manager, given, now);
      return { location: 'FLEETBEAT_ADMIN_KEY', generated: null };
    }
    if (!first || !generated) {
      return { location: file && (await isKeyFileValid(manager, file)) ? file : null, generated: null };
    }
    await manager.insert(Key, operatorKey(generated, now));
    // Before the commit, under the write lock: a stored key must never be one that was shown nowhere.
    if (file) writeKeyFile(file, formatKey(generated));
    return { location: file, generated: formatKey(generated) };
  });
}

const operatorKey = ({ keyId, secret }: KeyParts, now: number): KeyRow => ({
  keyId,
  accountId: MAIN,
  programId: null,
  role: 'operator',
  label: 'Made by the server at its start',
  secretHash: hashSecret(secret),
  createdBy: null,
  createdAt: now,
  expiresAt: null,
  revokedAt: null,
  rotatedTo: null,
  lastUsedAt: null,
  connectionId: null,
  clientName: null,
  renewalGrantedBy: null,
});

/** A revoked key stays revoked. The same id with another secret replaces the key. */
async function addAdminKey(manager: EntityManager, given: KeyParts, now: number): Promise<void> {
  const existing = await manager.findOneBy(Key, { keyId: given.keyId });
  if (!existing) return void (await manager.insert(Key, operatorKey(given, now)));
  if (existing.accountId !== MAIN || existing.role !== 'operator') {
    throw new ConfigError('FLEETBEAT_ADMIN_KEY has the id of a key that was made for somebody else; choose another id');
  }
  if (!verifySecret(given.secret, existing.secretHash))
    await manager.update(Key, { keyId: given.keyId }, operatorKey(given, now));
}

/** `admin.key` beside `fleetbeat.db`, `x.admin.key` beside `x.db`: two databases may share a folder. */
function getKeyFilePath(databaseUrl: string): string | null {
  if (!databaseUrl.startsWith('sqlite:') || databaseUrl === 'sqlite::memory:') return null;
  const file = databaseUrl.slice('sqlite:'.length);
  const name = basename(file, '.db');
  return join(dirname(file), name === 'fleetbeat' ? 'admin.key' : `${name}.admin.key`);
}

function writeKeyFile(file: string, key: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
}

/** Whether the file holds a valid key of this database. If it does, it is made private again: a copy or a restore may have opened it. */
async function isKeyFileValid(manager: EntityManager, file: string): Promise<boolean> {
  const stored = parseKey(readTextOrEmpty(file).trim());
  const existing = stored && (await manager.findOneBy(Key, { keyId: stored.keyId, revokedAt: IsNull() }));
  const isValid = existing ? verifySecret(stored.secret, existing.secretHash) : false;
  if (isValid) chmodSync(file, 0o600);
  return isValid;
}

const readTextOrEmpty = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
