/** Operation → service, for the consent page. */
import type { Handlers } from '../../platform/operations.ts';
import type { ConsentService } from './consent-service.ts';

export const oauthHandlers: Handlers<
  'getAuthorizationRequest' | 'approveAuthorizationRequest',
  { readonly consents: ConsentService }
> = {
  async getAuthorizationRequest({ path }, { principal, services }) {
    return { status: 200, body: await services.consents.get(principal, path.requestId) };
  },

  async approveAuthorizationRequest({ path, body }, { principal, services }) {
    const ticket = await services.consents.approve(principal, path.requestId, body);
    const continueAt = `/oauth/consent/${path.requestId}/finish?${new URLSearchParams({ ticket })}`;
    return { status: 200, body: { continueAt } };
  },
};
