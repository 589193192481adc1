/** Push subscriptions as the contract shows them: never the endpoint or the keys. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant } from '../../platform/clock.ts';
import type { PushSubscriptionRow } from './entity.ts';

export const toPushSubscriptionView = (row: PushSubscriptionRow): components['schemas']['PushSubscription'] => ({
  subscriptionId: row.subscriptionId,
  service: new URL(row.endpoint).hostname,
  types: [...row.types],
  showDetails: row.showDetails,
  quietHours: row.quietHours ?? null,
  device: row.device,
  createdAt: formatInstant(row.createdAt),
});
