/** The rules of webhooks: what is tried again and when, and when an endpoint is paused or given up. Pure: time and jitter are passed in. */
import { DAY, HOUR, MINUTE, SECOND } from '../../platform/clock.ts';
import type { AttemptResult, WebhookDeliveryRow, WebhookRow } from './entity.ts';

/** 5 s, 15 s, 45 s, … up to 12 h: about two days in all. */
export const MAX_ATTEMPTS = 13;
const INITIAL_DELAY_MS = 5 * SECOND;
const MAX_DELAY_MS = 12 * HOUR;
/** The longest `Retry-After` that is honoured: an endpoint cannot silence itself for good by a header. */
const MAX_RETRY_AFTER_MS = 1 * HOUR;
/** From this many failed attempts in a row on the endpoint itself is paused, not only each delivery. */
export const PAUSE_AFTER_FAILURES = 5;
const MIN_PAUSE_MS = 2 * SECOND;
const MAX_PAUSE_MS = 5 * MINUTE;
/** No pause ends later than this from now, so one that does was set before a clock was set back. */
export const LONGEST_PAUSE_MS = MAX_RETRY_AFTER_MS;
/** Disabled after both: days without a success, and more failures than one bad moment causes. */
const DISABLE_AFTER_FAILING_MS = 3 * DAY;
const DISABLE_AFTER_FAILURES = 20;

const HTTP_GONE = 410;

/** The time until the next attempt: three times the previous delay, ±10 % by `jitter` (0 to 1). */
export const retryDelayMs = (attempts: number, jitter: number): number =>
  withJitter(Math.min(MAX_DELAY_MS, INITIAL_DELAY_MS * 3 ** (attempts - 1)), jitter);

const withJitter = (ms: number, jitter: number): number => Math.round(ms * (0.9 + 0.2 * jitter));

/** The header of a response, seconds or an HTTP date, as milliseconds from `now`: at most an hour; null when it says nothing. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * SECOND : Date.parse(text) - now;
  return ms > 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : null;
}

/** The delivery after one more attempt. A test is tried once. */
export function applyAttempt(
  delivery: WebhookDeliveryRow,
  { attempt, retryAfterMs }: AttemptResult,
  now: number,
  jitter: number,
) {
  const attempts = [...delivery.attempts, attempt];
  if (attempt.error === null) return { attempts, state: 'delivered' as const, nextAttemptAt: null };
  const isOver = delivery.type === 'webhook.test' || attempts.length >= MAX_ATTEMPTS;
  if (isOver) return { attempts, state: 'failed' as const, nextAttemptAt: null };
  const delayMs = Math.max(retryDelayMs(attempts.length, jitter), retryAfterMs ?? 0);
  return { attempts, state: 'pending' as const, nextAttemptAt: now + delayMs };
}

export type WebhookHealth = Pick<
  WebhookRow,
  'failures' | 'failingSince' | 'pausedUntil' | 'enabled' | 'disabledReason'
>;

/**
 * The webhook after attempts that ran at the same time. One success means that the endpoint works. Otherwise it is
 * paused, for about as long as it has failed already: an endpoint that is down costs an attempt every five minutes, and
 * not one for each delivery. It is disabled when it is gone, or has failed for days.
 */
export function applyAttemptsToHealth(
  webhook: WebhookRow,
  results: readonly AttemptResult[],
  now: number,
  jitter: number,
): WebhookHealth {
  const { enabled, disabledReason } = webhook;
  const requestedPauseMs = Math.max(0, ...results.map(({ retryAfterMs }) => retryAfterMs ?? 0));
  const requestedPause = requestedPauseMs > 0 ? now + requestedPauseMs : null;
  if (results.some(({ attempt }) => attempt.error === null))
    return { failures: 0, failingSince: null, pausedUntil: requestedPause, enabled, disabledReason };
  const startedAt = Math.min(...results.map(({ attempt }) => attempt.at));
  const failures = webhook.failures + results.length;
  const failingSince = webhook.failingSince ?? startedAt;
  const failed = { failures, failingSince, enabled, disabledReason };
  const disabled = { ...failed, pausedUntil: null, enabled: false };
  if (enabled && results.some(({ attempt }) => attempt.status === HTTP_GONE))
    return { ...disabled, disabledReason: 'gone' };
  const hasFailedForDays = failures >= DISABLE_AFTER_FAILURES && startedAt - failingSince >= DISABLE_AFTER_FAILING_MS;
  if (enabled && hasFailedForDays) return { ...disabled, disabledReason: 'failing' };
  const ownPauseMs = failures < PAUSE_AFTER_FAILURES ? 0 : endpointPauseMs(now - failingSince, jitter);
  const pauseMs = Math.max(requestedPauseMs, ownPauseMs);
  return { ...failed, pausedUntil: pauseMs > 0 ? now + pauseMs : null };
}

const endpointPauseMs = (failingForMs: number, jitter: number): number =>
  withJitter(Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, failingForMs)), jitter);

/** Whether nothing may be sent yet. A pause that ends too far ahead is from before a clock was set back. */
export const isPaused = ({ pausedUntil }: Pick<WebhookRow, 'pausedUntil'>, now: number): boolean =>
  pausedUntil !== null && now < pausedUntil && pausedUntil <= now + 2 * LONGEST_PAUSE_MS;

/**
 * The webhook after an admin's change. A new URL is tried at once. Enabled again, it starts with what happens from now
 * on (`lastSeq`).
 */
export function applyUpdate(
  webhook: WebhookRow,
  change: Partial<Pick<WebhookRow, 'url' | 'types' | 'programId' | 'description' | 'enabled'>>,
  lastSeq: number,
  now: number,
): WebhookRow {
  const recovered = { failures: 0, failingSince: null, pausedUntil: null };
  const next = { ...webhook, ...change, updatedAt: now };
  if (next.enabled === webhook.enabled) return next.url === webhook.url ? next : { ...next, ...recovered };
  if (!next.enabled) return { ...next, disabledReason: 'admin' };
  return { ...next, ...recovered, disabledReason: null, seenSeq: lastSeq };
}
