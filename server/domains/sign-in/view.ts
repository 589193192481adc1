/** Web sessions as the contract shows them. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant } from '../../platform/clock.ts';
import type { Principal } from '../../platform/principal.ts';
import type { WebSessionRow } from './entity.ts';

export const toWebSessionView = (
  { tokenHash, keyId, createdAt, lastUsedAt, expiresAt }: WebSessionRow,
  { web }: Principal,
): components['schemas']['WebSession'] => ({
  webSessionId: tokenHash,
  keyId,
  current: web?.tokenHash === tokenHash,
  createdAt: formatInstant(createdAt),
  lastUsedAt: formatInstant(lastUsedAt),
  expiresAt: formatInstant(expiresAt),
});
