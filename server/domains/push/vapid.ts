/** The key pair by which push services know this installation (VAPID, RFC 8292), and its signature for one request. */
import { generateKeyPairSync } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import { PushKeys, type PushKeysRow } from './entity.ts';

const NAME = 'vapid';
/** Push services refuse signatures that are valid for longer than a day. */
const VALID_FOR = '12h';

export type VapidKeys = Pick<PushKeysRow, 'publicKey' | 'privateKey'>;

/** The stored pair; a first start creates it. Of two servers that start at once, the second finds the first one's pair. */
export async function openVapidKeys(store: Store, clock: Clock): Promise<VapidKeys> {
  const stored = await store.read((manager) => manager.findOneBy(PushKeys, { name: NAME }));
  if (stored) return stored;
  const generated = generateVapidKeys();
  // The loser of two concurrent inserts fails on the primary key, and its retry finds the row.
  return store.write(async ({ manager }) => {
    const existing = await manager.findOneBy(PushKeys, { name: NAME });
    if (existing) return existing;
    await manager.insert(PushKeys, { name: NAME, ...generated, createdAt: clock.now() });
    return generated;
  });
}

function generateVapidKeys(): VapidKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  const point = [jwk.x, jwk.y].map((each = '') => Buffer.from(each, 'base64url'));
  const publicKey = Buffer.concat([Buffer.from([4]), ...point]).toString('base64url');
  return { publicKey, privateKey: JSON.stringify(jwk) };
}

/** Where push services find the operator; some refuse an address that cannot exist. */
export const toContact = (publicUrl: string): string =>
  publicUrl.startsWith('https:') ? publicUrl : 'mailto:operator@example.com';

/** The header Authorization of a request to `endpoint`. `contact` is where the push service finds the operator. */
export async function signVapid({ publicKey, privateKey }: VapidKeys, endpoint: URL, contact: string): Promise<string> {
  // Loaded when the first notification is sent: most servers send none.
  const { importJWK, SignJWT } = await import('jose');
  const token = await new SignJWT()
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(endpoint.origin)
    .setSubject(contact)
    .setExpirationTime(VALID_FOR)
    .sign(await importJWK(JSON.parse(privateKey), 'ES256'));
  return `vapid t=${token}, k=${publicKey}`;
}
