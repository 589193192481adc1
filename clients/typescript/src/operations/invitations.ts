import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

/** Ways in that are good once, for ten minutes. */
export interface Invitations {
  create(invitation: Schemas['InvitationCreate'], options?: CallOptions): ApiPromise<Schemas['NewInvitation']>;
  list(query?: Query<'listInvitations'>, options?: CallOptions): ApiPromise<Schemas['InvitationPage']>;
  /** The invitations of every page. */
  all(query?: Query<'listInvitations'>, options?: CallOptions): AsyncGenerator<Schemas['Invitation'], void, undefined>;
  get(invitationId: string, options?: CallOptions): ApiPromise<Schemas['Invitation']>;
  /** Withdraws it; its code is refused from then on. */
  withdraw(invitationId: string, options?: CallOptions): Promise<void>;
  /** Exchanges a code for a key or, in a page of the server, for a cookie. Needs no key. Never retried: a code works once. */
  redeem(redemption: Schemas['InvitationRedemption'], options?: CallOptions): ApiPromise<Schemas['InvitationRedeemed']>;
}

export function invitationsApi({ http }: Connection): Invitations {
  const invitations: Invitations = {
    create: (body, options) => http.POST('/v1/invitations', { body }, options),
    list: (query = {}, options) => http.GET('/v1/invitations', { params: { query } }, options),
    all: (query, options) => paginate((each) => invitations.list(each, options), query),
    get: (invitationId, options) =>
      http.GET('/v1/invitations/{invitationId}', { params: { path: { invitationId } } }, options),
    withdraw: (invitationId, options) =>
      http.DELETE(
        '/v1/invitations/{invitationId}',
        {
          params: { path: { invitationId } },
        },
        options,
      ),
    redeem: (body, options) => http.POST('/v1/invitations/redeem', { body }, options),
  };
  return invitations;
}
