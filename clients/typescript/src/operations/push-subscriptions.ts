import type { Connection } from '../connection.js';
import type { Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { PushSubscriptionId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

/** Browsers that are notified by Web Push, of the key in use. */
export interface PushSubscriptions {
  /** Of the same endpoint the later one counts. */
  create(
    subscription: Schemas['PushSubscriptionCreate'],
    options?: CallOptions,
  ): ApiPromise<Schemas['PushSubscription']>;
  /** All of them, with the server's `publicKey`, which `PushManager.subscribe` needs. */
  get(options?: CallOptions): ApiPromise<Schemas['PushSubscriptions']>;
  remove(subscriptionId: PushSubscriptionId, options?: CallOptions): Promise<void>;
}

export const pushSubscriptionsApi = ({ operation }: Connection): PushSubscriptions => ({
  create: operation('POST', '/v1/push-subscriptions', 'body'),
  get: operation('GET', '/v1/push-subscriptions'),
  remove: operation('DELETE', '/v1/push-subscriptions/{subscriptionId}'),
});
