/** The rules of web sessions. Pure: time is an argument. */
import { MINUTE } from '../../platform/clock.ts';
import type { Settings } from '../../platform/settings.ts';
import type { WebSessionRow } from './entity.ts';

type WebSessionLimits = Pick<Settings, 'webSessionIdleMs' | 'webSessionMaxMs'>;

/** Web sessions of one key. A program that signs in again and again must not fill the table. */
export const MAX_WEB_SESSIONS = 20;

/** The web sessions to delete before one more is created: the oldest open ones above the limit, and all expired ones. */
export const selectSurplus = (
  rows: readonly WebSessionRow[],
  limits: WebSessionLimits,
  now: number,
): readonly WebSessionRow[] => {
  const open = rows.filter((row) => isOpen(row, limits, now)).toSorted((a, b) => b.createdAt - a.createdAt);
  const retained = new Set(open.slice(0, MAX_WEB_SESSIONS - 1));
  return rows.filter((row) => !retained.has(row));
};

/** The row of a new web session. */
export const newWebSessionRow = (
  owner: Pick<WebSessionRow, 'accountId' | 'keyId' | 'device' | 'ownsKey'>,
  tokenHash: string,
  { webSessionMaxMs }: WebSessionLimits,
  now: number,
): WebSessionRow => ({
  tokenHash,
  ...owner,
  createdAt: now,
  lastUsedAt: now,
  expiresAt: now + webSessionMaxMs,
});

/** Whether it has neither expired nor been idle for too long. Its key may expire earlier. */
export const isOpen = (
  { lastUsedAt, expiresAt }: WebSessionRow,
  { webSessionIdleMs }: WebSessionLimits,
  now: number,
): boolean => now < expiresAt && now - lastUsedAt <= webSessionIdleMs;

/** Whether a use must be stored, so that a session in constant use is never taken for idle. */
export const shouldRecordUse = (
  { lastUsedAt }: WebSessionRow,
  { webSessionIdleMs }: WebSessionLimits,
  now: number,
): boolean => now - lastUsedAt > Math.min(MINUTE, webSessionIdleMs / 4);
