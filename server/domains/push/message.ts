/** One notification as an encrypted request (RFC 8030, 8291). */
import { createECDH, createHash, ECDH, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type { PushNotification } from './rules.ts';
import { signVapid, type VapidKeys } from './vapid.ts';

const CURVE = 'prime256v1';
/** An agent that waits for its person is worth nothing to know of a day later. */
const TTL_SECONDS = 12 * 3_600;
/** The longest topic that a push service takes. */
const MAX_TOPIC = 32;

/** Loaded when the first notification is sent. */
const require = createRequire(import.meta.url);

/** The part of http_ece that is used here; the package has no types. */
interface ContentEncryption {
  encrypt(
    plaintext: Buffer,
    options: {
      readonly version: 'aes128gcm';
      /** The receiver's public key, in base64url. */
      readonly dh: string;
      readonly authSecret: string;
      /** The sender's key pair of this message. */
      readonly privateKey: ECDH;
      readonly salt: string;
    },
  ): Buffer;
}

export interface PushKeyPair {
  readonly p256dh: string;
  readonly auth: string;
}

/** The same for a browser that subscribes again. */
export const toSubscriptionId = (endpoint: string): string =>
  createHash('sha256').update(endpoint).digest('hex').slice(0, 32);

/** Whether the browser's public key is a point on the curve: encryption for any other one fails. */
export function isPublicKey(p256dh: string): boolean {
  try {
    ECDH.convertKey(p256dh, CURVE, 'base64url', 'base64url', 'compressed');
    return true;
  } catch {
    return false;
  }
}

function encrypt(plaintext: string, { p256dh, auth }: PushKeyPair): Buffer {
  const { encrypt: encryptContent } = require('http_ece') as ContentEncryption;
  const own = createECDH(CURVE);
  own.generateKeys();
  const salt = randomBytes(16).toString('base64url');
  return encryptContent(Buffer.from(plaintext), {
    version: 'aes128gcm',
    dh: p256dh,
    authSecret: auth,
    privateKey: own,
    salt,
  });
}

/** A notification that still waits at the push service is replaced by a later one with the same topic. */
const toTopic = (tag: string): string => createHash('sha256').update(tag).digest('base64url').slice(0, MAX_TOPIC);

export async function buildRequest(
  { endpoint, ...keys }: PushKeyPair & { readonly endpoint: string },
  notification: PushNotification,
  vapid: VapidKeys,
  contact: string,
): Promise<{ readonly headers: Record<string, string>; readonly body: Buffer }> {
  const body = encrypt(JSON.stringify(notification), keys);
  const headers = {
    authorization: await signVapid(vapid, new URL(endpoint), contact),
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    ttl: String(TTL_SECONDS),
    urgency: 'high',
    topic: toTopic(notification.tag),
  };
  return { headers, body };
}
