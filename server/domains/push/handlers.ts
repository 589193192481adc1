/** Operation → service → view, for push subscriptions. */
import type { Handlers, Preparations } from '../../platform/operations.ts';
import type { PushService } from './service.ts';
import { toPushSubscriptionView } from './view.ts';

export const pushHandlers: Handlers<
  'createPushSubscription' | 'getPushSubscriptions' | 'deletePushSubscription',
  { readonly push: PushService }
> = {
  async createPushSubscription({ body }, { principal, services, client }) {
    const { row, isNew } = await services.push.create(principal, body, client);
    return { status: isNew ? 201 : 200, body: toPushSubscriptionView(row) };
  },

  async getPushSubscriptions(_request, { principal, services }) {
    const { publicKey } = services.push;
    const subscriptions = (await services.push.list(principal)).map(toPushSubscriptionView);
    return { status: 200, body: { publicKey, subscriptions } };
  },

  async deletePushSubscription({ path }, { principal, services }) {
    await services.push.remove(principal, path.subscriptionId);
    return { status: 204, body: undefined };
  },
};

/** A host name is looked up before the transaction opens: a slow name server must not hold its locks. */
export const pushPreparations: Preparations<'createPushSubscription', { readonly push: PushService }> = {
  createPushSubscription: ({ body }, { principal, services }) => services.push.check(principal, body),
};
