/** Labels for keys. Pure. */
import type { components } from '@fleetbeat/client';

export type Key = components['schemas']['Key'];
export type Role = components['schemas']['Role'];
export type KeyState = 'active' | 'ending' | 'revoked' | 'expired' | 'expiring';

const EXPIRY_NOTICE_MS = 14 * 24 * 3_600_000;

/** The state of a key at a time in milliseconds: rotated keys end soon, and expiry within 14 days is shown. */
export function getKeyState({ revokedAt, expiresAt }: Pick<Key, 'revokedAt' | 'expiresAt'>, now: number): KeyState {
  if (revokedAt !== null) return Date.parse(revokedAt) > now ? 'ending' : 'revoked';
  if (expiresAt === null) return 'active';
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'expired';
  return left <= EXPIRY_NOTICE_MS ? 'expiring' : 'active';
}

/** What each role may do, and who may create its keys. */
export const ROLES: readonly { readonly role: Role; readonly name: string; readonly about: string }[] = [
  { role: 'program', name: 'Program', about: 'An agent: its own sessions, memory, tasks and messages.' },
  { role: 'auditor', name: 'Auditor', about: 'Reads the fleet, changes nothing.' },
  { role: 'admin', name: 'Admin', about: 'Manages the account: keys, programs, webhooks.' },
  { role: 'operator', name: 'Operator', about: 'Manages the server and all its accounts.' },
];

/** The roles that a key of this role may grant. */
export const getGrantableRoles = (own: Role): typeof ROLES =>
  ROLES.filter(({ role }) => own === 'operator' || (own === 'admin' && role !== 'operator'));

/** Lifetimes in days; 0 never expires. */
export const TTL_CHOICES = [
  { value: '7', label: 'A week' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '0', label: 'For ever' },
] as const;
