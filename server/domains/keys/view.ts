/** Keys as the contract shows them. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { Principal } from '../../platform/principal.ts';
import type { KeyRow } from './entity.ts';

type Schemas = components['schemas'];

const commonFields = ({
  keyId,
  programId,
  role,
  label,
  renewalGrantedBy,
  createdBy,
  createdAt,
  expiresAt,
}: KeyRow) => ({
  keyId,
  programId,
  role,
  label,
  renewable: renewalGrantedBy !== null,
  createdBy,
  createdAt: formatInstant(createdAt),
  expiresAt: formatInstantOrNull(expiresAt),
});

export const toNewKeyView = (row: KeyRow, key: string): Schemas['NewKey'] => ({ ...commonFields(row), key });
export const toKeyView = (row: KeyRow): Schemas['Key'] => ({
  ...commonFields(row),
  kind: row.connectionId === null ? 'key' : 'oauth',
  client: row.clientName,
  revokedAt: formatInstantOrNull(row.revokedAt),
  rotatedTo: row.rotatedTo,
  lastUsedAt: formatInstantOrNull(row.lastUsedAt),
});

export const toMeView = ({
  accountId,
  accountName,
  tier,
  keyId,
  role,
  programId,
  label,
  renewable,
  expiresAt,
  web,
}: Principal): Schemas['Me'] => ({
  accountId,
  accountName,
  tier,
  keyId,
  role,
  programId,
  label,
  renewable: renewable ?? false,
  expiresAt: formatInstantOrNull(expiresAt),
  csrfToken: web?.csrfToken ?? null,
});
