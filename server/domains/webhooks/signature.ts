/** Signatures as Standard Webhooks has them (https://www.standardwebhooks.com), symmetric, version 1. */
import { createHmac, randomBytes } from 'node:crypto';
import type { WebhookRow } from './entity.ts';

const PREFIX = 'whsec_';

export const generateSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64')}`;

const sign = (secret: string, signed: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
    .update(signed)
    .digest('base64')}`;

/** The headers of a delivery. While a secret is being replaced there is a signature by each. `now` in milliseconds. */
export function signatureHeaders(
  { secret, previousSecret, previousSecretUntil }: WebhookRow,
  { deliveryId, payload }: { deliveryId: string; payload: string },
  now: number,
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const previous = previousSecret !== null && now < (previousSecretUntil ?? 0) ? [previousSecret] : [];
  const signatures = [secret, ...previous].map((key) => sign(key, `${deliveryId}.${timestamp}.${payload}`));
  return { 'webhook-id': deliveryId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
