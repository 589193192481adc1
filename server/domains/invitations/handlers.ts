/** Operation → service → view, for the operations of invitations. */
import { created, type Handlers } from '../../platform/operations.ts';
import type { Settings } from '../../platform/settings.ts';
import { toNewKeyView } from '../keys/index.ts';
import { toSignedInResponse } from '../sign-in/index.ts';
import type { RedemptionService } from './redemption-service.ts';
import type { InvitationService } from './service.ts';
import { toInvitationView, toNewInvitationView } from './view.ts';

export const invitationHandlers: Handlers<
  'createInvitation' | 'listInvitations' | 'getInvitation' | 'withdrawInvitation' | 'redeemInvitation',
  { readonly invitations: InvitationService; readonly redemption: RedemptionService; readonly settings: Settings }
> = {
  async createInvitation({ body }, { principal, services }) {
    const { row, code, typedCode } = await services.invitations.create(principal, body);
    return created(`/v1/invitations/${row.invitationId}`, toNewInvitationView(row, code, typedCode));
  },

  async listInvitations({ query: { limit = 10, cursor } }, { principal, services }) {
    const { page, nextCursor } = await services.invitations.list(principal, { limit, cursor });
    return { status: 200, body: { invitations: page.map(toInvitationView), nextCursor } };
  },

  async getInvitation({ path }, { principal, services }) {
    return { status: 200, body: toInvitationView(await services.invitations.get(principal, path.invitationId)) };
  },

  async withdrawInvitation({ path }, { principal, services }) {
    await services.invitations.withdraw(principal, path.invitationId);
    return { status: 204, body: undefined };
  },

  async redeemInvitation({ body: { code, grants = 'key', role } }, { services, client }) {
    const { invitationId, key, signedIn } = await services.redemption.redeem(code, { grants, role }, client);
    const response = signedIn && toSignedInResponse(signedIn, services.settings, client);
    return {
      status: 200,
      body: { invitationId, grants, key: key && toNewKeyView(key.row, key.key), signedIn: response?.body ?? null },
      ...(response && { headers: response.headers }),
    };
  },
};
