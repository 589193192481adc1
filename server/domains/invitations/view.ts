/** Invitations as the contract shows them. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { InvitationRow } from './entity.ts';
import { type InvitationState, MAX_TYPED_TRIES } from './rules.ts';

type Schemas = components['schemas'];

/** An invitation with its state at the time of reading. */
export interface ListedInvitation {
  readonly row: InvitationRow;
  readonly state: InvitationState;
}

const commonFields = (row: InvitationRow) => ({
  invitationId: row.invitationId,
  grants: row.grants,
  role: row.role,
  programId: row.programId,
  label: row.label,
  createdBy: row.createdBy,
  createdAt: formatInstant(row.createdAt),
  expiresAt: formatInstant(row.expiresAt),
});

export const toNewInvitationView = (
  row: InvitationRow,
  code: string,
  typedCode: string | null,
): Schemas['NewInvitation'] => ({ ...commonFields(row), code, typedCode });

export const toInvitationView = ({ row, state }: ListedInvitation): Schemas['Invitation'] => ({
  ...commonFields(row),
  state,
  usedAt: formatInstantOrNull(row.usedAt),
  keyId: row.keyId,
  typedTriesLeft: row.locator === null ? null : Math.max(0, MAX_TYPED_TRIES - row.typedTries),
});
