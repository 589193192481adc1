/**
 * The codes of invitations. The code in links has 130 random bits and needs no protection from guesses. The typed code has
 * 50: 20 are a locator, which finds the invitation and counts the tries, and 30 are secret.
 */
import { randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { hashSecret, verifySecret } from '../../platform/secret.ts';

/** Crockford's base 32: without I, L, O and U, which are misread. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 26;
const LOCATOR_LENGTH = 4;
const TYPED_LENGTH = 10;
const GROUP_LENGTH = 5;
const HASH_BYTES = 32;

export type ParsedCode =
  | { readonly kind: 'long'; readonly codeHash: string }
  | { readonly kind: 'typed'; readonly locator: string; readonly secret: string };

export interface TypedCode {
  /** As it is shown, for example `7K2M4-QX9ZT`. */
  readonly text: string;
  readonly locator: string;
  readonly secret: string;
}

/** A code for links and commands: digits and small letters only, so that no shell, page or chat changes it. */
export const generateCode = (): string => generateSymbols(CODE_LENGTH).toLowerCase();

export const hashCode = (code: string): string => hashSecret(code);

export function generateTypedCode(): TypedCode {
  const symbols = generateSymbols(TYPED_LENGTH);
  return {
    text: `${symbols.slice(0, GROUP_LENGTH)}-${symbols.slice(GROUP_LENGTH)}`,
    locator: symbols.slice(0, LOCATOR_LENGTH),
    secret: symbols.slice(LOCATOR_LENGTH),
  };
}

/** Reads a code as people type it; null for a text that can be no code. */
export function parseCode(text: string): ParsedCode | null {
  const symbols = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (![...symbols].every((symbol) => ALPHABET.includes(symbol))) return null;
  if (symbols.length === CODE_LENGTH) return { kind: 'long', codeHash: hashCode(symbols.toLowerCase()) };
  if (symbols.length !== TYPED_LENGTH) return null;
  return { kind: 'typed', locator: symbols.slice(0, LOCATOR_LENGTH), secret: symbols.slice(LOCATOR_LENGTH) };
}

const deriveKey = promisify<string, string, number, Buffer>(scrypt);

/**
 * A slow hash, salted with the invitation's id: whoever reads the database must not find the secret of a typed code within
 * its ten minutes.
 */
export const hashTypedSecret = async (secret: string, invitationId: string): Promise<string> =>
  (await deriveKey(secret, invitationId, HASH_BYTES)).toString('hex');

/** Compares in constant time. */
export const verifyTypedSecret = async (secret: string, invitationId: string, typedHash: string): Promise<boolean> =>
  verifySecret(await hashTypedSecret(secret, invitationId), hashSecret(typedHash));

/** Uniform: 256 is a multiple of 32. */
const generateSymbols = (length: number): string =>
  Array.from(randomBytes(length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
