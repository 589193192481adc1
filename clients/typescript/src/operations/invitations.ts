import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { unwrapResponse } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

/** Ways in that are good once, for ten minutes. */
export interface Invitations {
  create(invitation: Schemas['InvitationCreate'], options?: CallOptions): Promise<Schemas['NewInvitation']>;
  list(query?: Query<'listInvitations'>, options?: CallOptions): Promise<Schemas['InvitationPage']>;
  /** The invitations of every page. */
  all(query?: Query<'listInvitations'>, options?: CallOptions): AsyncGenerator<Schemas['Invitation'], void, undefined>;
  get(invitationId: string, options?: CallOptions): Promise<Schemas['Invitation']>;
  /** Withdraws it; its code is refused from then on. */
  withdraw(invitationId: string, options?: CallOptions): Promise<void>;
  /** Exchanges a code for a key or, in a page of the server, for a cookie. Needs no key. Never retried: a code works once. */
  redeem(redemption: Schemas['InvitationRedemption'], options?: CallOptions): Promise<Schemas['InvitationRedeemed']>;
}

export function invitationsApi({ api, requestOptions }: Connection): Invitations {
  const invitations: Invitations = {
    create: (body, options) => unwrapResponse(api.POST('/v1/invitations', { body, ...requestOptions(options) })),
    list: (query = {}, options) =>
      unwrapResponse(api.GET('/v1/invitations', { params: { query }, ...requestOptions(options) })),
    all: (query, options) => paginate((each) => invitations.list(each, options), query),
    get: (invitationId, options) =>
      unwrapResponse(
        api.GET('/v1/invitations/{invitationId}', { params: { path: { invitationId } }, ...requestOptions(options) }),
      ),
    withdraw: (invitationId, options) =>
      unwrapResponse(
        api.DELETE('/v1/invitations/{invitationId}', {
          params: { path: { invitationId } },
          ...requestOptions(options),
        }),
      ),
    redeem: (body, options) => unwrapResponse(api.POST('/v1/invitations/redeem', { body, ...requestOptions(options) })),
  };
  return invitations;
}
