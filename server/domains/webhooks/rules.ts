/** The rules of webhooks: what is tried again and when, and when it is given up. Pure: each is handed time and dice. */
import { DAY, HOUR, SECOND } from '../../platform/clock.ts';
import type { DeliveryAttempt, WebhookDeliveryRow, WebhookRow } from './entity.ts';

/** 5 s, 15 s, 45 s, … up to 12 h: about two days in all. */
export const MAX_ATTEMPTS = 13;
const INITIAL_DELAY_MS = 5 * SECOND;
const MAX_DELAY_MS = 12 * HOUR;
/** Given up when nothing was taken for so long, and not for one bad moment in it only. */
const DISABLE_AFTER_FAILING_MS = 3 * DAY;
const DISABLE_AFTER_FAILURES = 20;

const HTTP_GONE = 410;

/** The time until the next attempt: three times the one before, a tenth more or less by the dice (0 to 1). */
export const retryDelayMs = (attempts: number, jitter: number): number =>
  Math.round(Math.min(MAX_DELAY_MS, INITIAL_DELAY_MS * 3 ** (attempts - 1)) * (0.9 + 0.2 * jitter));

/** The delivery after one more attempt. A test is tried once. */
export function applyAttempt(delivery: WebhookDeliveryRow, attempt: DeliveryAttempt, now: number, jitter: number) {
  const attempts = [...delivery.attempts, attempt];
  if (attempt.error === null) return { attempts, state: 'delivered' as const, nextAttemptAt: null };
  const isOver = delivery.kind === 'webhook.test' || attempts.length >= MAX_ATTEMPTS;
  if (isOver) return { attempts, state: 'failed' as const, nextAttemptAt: null };
  return { attempts, state: 'pending' as const, nextAttemptAt: now + retryDelayMs(attempts.length, jitter) };
}

type WebhookHealth = Pick<WebhookRow, 'failures' | 'failingSince' | 'enabled' | 'disabledReason'>;

/** The webhook after an attempt: it is disabled when its endpoint is gone, or has failed again and again for days. */
export function applyAttemptToHealth(webhook: WebhookRow, { at, status, error }: DeliveryAttempt): WebhookHealth {
  const { enabled, disabledReason } = webhook;
  if (error === null) return { failures: 0, failingSince: null, enabled, disabledReason };
  const failures = webhook.failures + 1;
  const failingSince = webhook.failingSince ?? at;
  const failed = { failures, failingSince };
  if (enabled && status === HTTP_GONE) return { ...failed, enabled: false, disabledReason: 'gone' };
  const hasFailedForDays = failures >= DISABLE_AFTER_FAILURES && at - failingSince >= DISABLE_AFTER_FAILING_MS;
  if (enabled && hasFailedForDays) return { ...failed, enabled: false, disabledReason: 'failing' };
  return { ...failed, enabled, disabledReason };
}

/** What an admin's change makes of it. Enabled again, it starts anew with what happens from now on (`lastSeq`). */
export function applyUpdate(
  webhook: WebhookRow,
  change: Partial<Pick<WebhookRow, 'url' | 'kinds' | 'programId' | 'description' | 'enabled'>>,
  lastSeq: number,
  now: number,
): WebhookRow {
  const next = { ...webhook, ...change, updatedAt: now };
  if (next.enabled === webhook.enabled) return next;
  if (!next.enabled) return { ...next, disabledReason: 'admin' };
  return { ...next, disabledReason: null, failures: 0, failingSince: null, seenSeq: lastSeq };
}
