/** Secrets of web sessions. */
import { createHmac, randomBytes } from 'node:crypto';

/** 256 random bits. */
export const generateToken = (): string => randomBytes(32).toString('base64url');

/**
 * The synchroniser token of a web session, derived from the session's token, so that it need not be stored. It reveals
 * nothing about that token.
 */
export const deriveCsrfToken = (token: string): string =>
  createHmac('sha256', token).update('fleetbeat csrf token').digest('base64url');
