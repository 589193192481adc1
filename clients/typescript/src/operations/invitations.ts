import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { InvitationId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

/** Ways in that are good once, for ten minutes. */
export interface Invitations {
  create(invitation: Schemas['InvitationCreate'], options?: CallOptions): ApiPromise<Schemas['NewInvitation']>;
  list(query?: Query<'listInvitations'>, options?: CallOptions): ApiPromise<Schemas['InvitationPage']>;
  /** The invitations of every page. */
  all(query?: Query<'listInvitations'>, options?: CallOptions): AsyncGenerator<Schemas['Invitation'], void, undefined>;
  get(invitationId: InvitationId, options?: CallOptions): ApiPromise<Schemas['Invitation']>;
  /** Withdraws it; its code is refused from then on. */
  withdraw(invitationId: InvitationId, options?: CallOptions): Promise<void>;
  /** Exchanges a code for a key or, in a page of the server, for a cookie. Needs no key. Never retried: a code works once. */
  redeem(redemption: Schemas['InvitationRedemption'], options?: CallOptions): ApiPromise<Schemas['InvitationRedeemed']>;
}

export function invitationsApi({ operation }: Connection): Invitations {
  const [list, all] = operation.list('/v1/invitations');
  return {
    list,
    all,
    create: operation('POST', '/v1/invitations', 'body'),
    get: operation('GET', '/v1/invitations/{invitationId}'),
    withdraw: operation('DELETE', '/v1/invitations/{invitationId}'),
    redeem: operation('POST', '/v1/invitations/redeem', 'body'),
  };
}
