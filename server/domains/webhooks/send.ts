/** One attempt: one POST over a connection of its own. */
import type { Clock } from '../../platform/clock.ts';
import type { AttemptResult, WebhookDeliveryRow, WebhookRow } from './entity.ts';
import { toTargetUrl } from './format.ts';
import { describeError, postGuarded } from './guarded-post.ts';
import { HostResolver } from './host-resolver.ts';
import { parseRetryAfter } from './rules.ts';
import { signatureHeaders } from './signature.ts';
import type { UrlPolicy } from './ssrf-guard.ts';

const MAX_ERROR_LENGTH = 500;

export interface SendOptions extends UrlPolicy {
  readonly clock: Clock;
  /** For the header User-Agent. */
  readonly version: string;
  /** The address of the dashboard, for links; empty when the server knows none. */
  readonly publicUrl: string;
  readonly resolver: HostResolver;
}

export const createSendOptions = (options: Omit<SendOptions, 'resolver'>): SendOptions => ({
  ...options,
  resolver: new HostResolver(options.allowPrivate),
});

/** Resolves with the result, success or failure, within about 10 seconds. Rejects only on shutdown, when it is unknown. */
export async function sendDelivery(
  options: SendOptions,
  webhook: WebhookRow,
  delivery: Pick<WebhookDeliveryRow, 'deliveryId' | 'payload'>,
  stopping: AbortSignal,
): Promise<AttemptResult> {
  const at = options.clock.now();
  const startedAt = performance.now();
  const toResult = (status: number | null, error: string | null, retryAfterMs: number | null): AttemptResult => ({
    attempt: {
      at,
      ms: Math.round(performance.now() - startedAt),
      status,
      error: error?.slice(0, MAX_ERROR_LENGTH) ?? null,
    },
    retryAfterMs,
  });
  const format = webhook.format ?? 'standard';
  const headers = {
    'content-type': 'application/json',
    'user-agent': `Fleetbeat/${options.version}`,
    ...(format === 'standard' && signatureHeaders(webhook, delivery, at)),
  };
  try {
    const { accountId } = webhook;
    const url = toTargetUrl(format, webhook.url);
    const { status, headers: answer } = await postGuarded(
      options,
      { url, accountId, headers, body: delivery.payload },
      stopping,
    );
    const error = describeStatus(status);
    return toResult(status, error, error === null ? null : parseRetryAfter(answer['retry-after'], at));
  } catch (error) {
    if (stopping.aborted) throw error;
    return toResult(null, describeError(error), null);
  }
}

function describeStatus(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  const redirected = status >= 300 && status < 400 ? ' Redirects are not followed.' : '';
  return `The endpoint answered ${status}.${redirected}`;
}
