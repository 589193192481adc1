/** Keys as text: parsing, generating, hashing and comparing. */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { v7 as timeOrderedId } from 'uuid';

/** `fb_<keyId>_<secret>`. The id is public; the secret has at least 16 characters. */
const KEY_PATTERN = /^fb_([A-Za-z0-9-]{1,40})_([A-Za-z0-9_-]{16,128})$/;

export interface KeyParts {
  readonly keyId: string;
  readonly secret: string;
}

/** The parts of a key, or null when the text is not a key. */
export function parseKey(key: string): KeyParts | null {
  const [, keyId, secret] = KEY_PATTERN.exec(key) ?? [];
  return keyId && secret ? { keyId, secret } : null;
}

export const formatKey = ({ keyId, secret }: KeyParts): string => `fb_${keyId}_${secret}`;

/** A new key: a random, time-ordered id and 256 random bits. */
export const generateKey = (): KeyParts => ({ keyId: timeOrderedId(), secret: randomBytes(32).toString('base64url') });

/** Words that people put into secrets. An attacker tries them first, so they add nothing. */
const COMMON_WORDS =
  /secret|password|passw0rd|change|please|fleetbeat|example|default|insecure|operator|letmein|qwerty|admin|super|token|test|key|me/gi;
const MIN_BITS = 34;

/**
 * Whether a secret that a person chose can be guessed: common words, repeated text or few different characters. Random
 * secrets of 128 bits pass; of those with 64 bits one in 30,000 looks like a pattern.
 */
export function isGuessable(secret: string): boolean {
  const unit = findRepeatedUnit(secret.replace(COMMON_WORDS, ''));
  const counts = new Map<string, number>();
  for (const character of unit) counts.set(character, (counts.get(character) ?? 0) + 1);
  // Shannon's entropy of the characters, times their number.
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / unit.length);
  return bits < MIN_BITS;
}

/** The shortest prefix whose repetition, cut to length, is the text. */
function findRepeatedUnit(text: string): string {
  for (let length = 1; length < text.length; length += 1) {
    if (text.startsWith(text.slice(length))) return text.slice(0, length);
  }
  return text;
}

/** SHA-256 in hex. The secret is random and long, so a slow password hash would add nothing. */
export const hashSecret = (secret: string): string => hash('sha256', secret);

/** Compares in constant time. */
export const verifySecret = (secret: string, secretHash: string): boolean =>
  timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(secretHash));
