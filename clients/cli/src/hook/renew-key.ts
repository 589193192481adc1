/**
 * Renews the program's key in its last days. Only the sender does so, one per program at a time. Where two still meet (a lock
 * that was taken for stale, another machine with the same key), the Idempotency-Key gives both the same new key; and the old
 * one works until it expires, for whoever still has it.
 */
import { join } from 'node:path';
import type { Fleetbeat } from '@fleetbeat/client';
import { deleteFile, writeFileAtomic } from './atomic-file.ts';
import { classifyError } from './hook-client.ts';
import { log } from './log.ts';
import {
  connectionFile,
  type Environment,
  type ProgramConnection,
  readConnection,
  readJsonObject,
  stateFolder,
} from './paths.ts';

/** A server that refuses a renewal is not asked again for this long. */
const REFUSAL_PAUSE_MS = 3_600_000;

/** The public part of a key; null for a text that is none. */
const getKeyId = (key: string): string | null => /^fb_([A-Za-z0-9-]+)_/.exec(key)?.[1] ?? null;

/** Stores the new key with mode 600 in place of the old one. Never rejects: without a renewal the old key goes on working. */
export async function renewKey(
  environment: Environment,
  programId: string,
  { server, connection }: { readonly server: Fleetbeat; readonly connection: ProgramConnection },
): Promise<void> {
  const keyId = getKeyId(connection.key);
  const refusalFile = join(stateFolder(environment), 'renewals', `${programId}.json`);
  const refused = readJsonObject(refusalFile);
  if (keyId === null || (refused?.['keyId'] === keyId && Date.now() - Number(refused['at']) < REFUSAL_PAUSE_MS)) return;
  // Another process may have stored another key since this one has read it: that one is left as it is.
  const readUnchanged = () => {
    const stored = readConnection(environment, programId);
    return stored?.key === connection.key && stored.url === connection.url ? stored : null;
  };
  if (!readUnchanged()) return;
  try {
    const { key, expiresAt } = await server.keys.rotate(keyId, { renew: true, idempotencyKey: `renew-${keyId}` });
    const stored = readUnchanged();
    if (!stored) return;
    writeFileAtomic(connectionFile(environment, programId), `${JSON.stringify({ ...stored, key }, null, 2)}\n`);
    deleteFile(refusalFile);
    log(environment, `${programId}: the key was renewed, until ${expiresAt}`);
  } catch (error) {
    log(environment, `${programId}: the key was not renewed: ${(error as Error).message}`);
    if (classifyError(error) === 'wait') writeFileAtomic(refusalFile, JSON.stringify({ keyId, at: Date.now() }));
  }
}
