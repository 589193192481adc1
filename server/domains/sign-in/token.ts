/** The secrets of a web session and of a one-time link. */
import { createHmac, randomBytes } from 'node:crypto';

/** 256 random bits. */
export const generateToken = (): string => randomBytes(32).toString('base64url');

/**
 * The synchroniser token of a web session. It follows from the session's secret alone, so nothing more is stored, and
 * neither it nor what is stored tells anything about that secret.
 */
export const deriveCsrfToken = (token: string): string =>
  createHmac('sha256', token).update('fleetbeat csrf token').digest('base64url');
