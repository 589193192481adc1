/** Keys as the contract shows them. */
import type { components } from '../../../openapi/generated/types.ts';
import { instant, instantOrNull } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import type { KeyRow } from './entity.ts';

type Schemas = components['schemas'];

const common = ({ keyId, programId, role, label, createdAt, expiresAt }: KeyRow) => ({
  keyId,
  programId,
  role,
  label,
  createdAt: instant(createdAt),
  expiresAt: instantOrNull(expiresAt),
});

export const newKeyView = (row: KeyRow, key: string): Schemas['NewKey'] => ({ ...common(row), key });
export const keyView = (row: KeyRow): Schemas['Key'] => ({
  ...common(row),
  revokedAt: instantOrNull(row.revokedAt),
  lastUsedAt: instantOrNull(row.lastUsedAt),
});

export const meView = ({
  accountId,
  accountName,
  tier,
  keyId,
  role,
  programId,
  label,
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
  expiresAt: instantOrNull(expiresAt),
  csrfToken: web?.csrfToken ?? null,
});
