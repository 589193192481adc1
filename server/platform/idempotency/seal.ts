/**
 * Answers are kept encrypted (AES-256-GCM) under a key that only their caller can form again: it is derived (HKDF, RFC
 * 5869) from the caller's own secret and the idempotency key, and stored nowhere. So a new key's secret, which is in the
 * answer that made it, is not in the database for others to read.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const deriveKey = (secret: string, idempotencyKey: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, idempotencyKey, 'fleetbeat kept answer', 32));

export function seal(text: string, secret: string, idempotencyKey: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, deriveKey(secret, idempotencyKey), nonce);
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** Throws when the text was sealed with another secret or has been changed. */
export function unseal(sealed: string, secret: string, idempotencyKey: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(ALGORITHM, deriveKey(secret, idempotencyKey), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
