import type { Client } from 'openapi-fetch';
import { answered } from './error.js';
import type { Fleetbeat } from './face.js';
import type { paths } from './generated/types.js';

export function webhooksOf(api: Client<paths>): Fleetbeat['webhooks'] {
  const at = (webhookId: string) => ({ path: { webhookId } });
  return {
    create: (body) => answered(api.POST('/v1/webhooks', { body })),
    list: (query = {}) => answered(api.GET('/v1/webhooks', { params: { query } })),
    get: (webhookId) => answered(api.GET('/v1/webhooks/{webhookId}', { params: at(webhookId) })),
    update: (webhookId, body) => answered(api.PATCH('/v1/webhooks/{webhookId}', { params: at(webhookId), body })),
    remove: async (webhookId) =>
      void (await answered(api.DELETE('/v1/webhooks/{webhookId}', { params: at(webhookId) }))),
    rotate: (webhookId) => answered(api.POST('/v1/webhooks/{webhookId}/rotate', { params: at(webhookId) })),
    test: (webhookId) => answered(api.POST('/v1/webhooks/{webhookId}/test', { params: at(webhookId) })),
    deliveries: (webhookId, query = {}) =>
      answered(api.GET('/v1/webhooks/{webhookId}/deliveries', { params: { ...at(webhookId), query } })),
  };
}
