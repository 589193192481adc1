/**
 * Fields that were renamed: what a caller of before still sends is read under the new name, so that its requests go on to
 * work. Answers have the new name only. Whoever sends both is refused by the contract, which knows only the new one.
 */
import type { SyncMiddleware } from './express-overhead.ts';

/** Where `types` was called `kinds`: the filter of events, and the subscription of a webhook. */
export const RENAMED_PATHS = /^\/v1\/(events|webhooks)(\/|$)/;

export const readFormerNames: SyncMiddleware = (request) => {
  if (/[?&]kinds=/.test(request.url) && !/[?&]types=/.test(request.url))
    request.url = request.url.replace(/([?&])kinds=/, '$1types=');
  const body = request.body as Readonly<Record<string, unknown>> | undefined;
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'kinds') || Object.hasOwn(body, 'types'))
    return;
  const { kinds, ...rest } = body;
  request.body = { ...rest, types: kinds };
};
