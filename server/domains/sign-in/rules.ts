/** The rules of web sessions. Pure: each is handed the time. */
import { MINUTE } from '../../platform/clock.ts';
import type { Settings } from '../../platform/settings.ts';
import type { WebSessionRow } from './entity.ts';

type WebSessionLimits = Pick<Settings, 'webSessionIdleMs' | 'webSessionMaxMs'>;

/** The row of a new web session. */
export const newWebSessionRow = (
  { accountId, keyId }: Pick<WebSessionRow, 'accountId' | 'keyId'>,
  tokenHash: string,
  { webSessionMaxMs }: WebSessionLimits,
  now: number,
): WebSessionRow => ({
  tokenHash,
  accountId,
  keyId,
  createdAt: now,
  lastUsedAt: now,
  expiresAt: now + webSessionMaxMs,
});

/** It ends at its own end, or when nobody has used it for a while. Its key may end earlier. */
export const isOpen = (
  { lastUsedAt, expiresAt }: WebSessionRow,
  { webSessionIdleMs }: WebSessionLimits,
  now: number,
): boolean => now < expiresAt && now - lastUsedAt <= webSessionIdleMs;

/** Whether its use must be written down, so that one in constant use never reads idle. */
export const shouldRecordUse = (
  { lastUsedAt }: WebSessionRow,
  { webSessionIdleMs }: WebSessionLimits,
  now: number,
): boolean => now - lastUsedAt > Math.min(MINUTE, webSessionIdleMs / 4);
