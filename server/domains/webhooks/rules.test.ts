import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../platform/clock.ts';
import type { AttemptResult, WebhookDeliveryRow, WebhookRow } from './entity.ts';
import {
  applyAttempt,
  applyAttemptsToHealth,
  applyUpdate,
  isPaused,
  MAX_ATTEMPTS,
  PAUSE_AFTER_FAILURES,
  parseRetryAfter,
  retryDelayMs,
} from './rules.ts';

const NOW = 1_800_000_000_000;
/** In the middle of the jitter. */
const EXACT = 0.5;
const webhook = (more: Partial<WebhookRow> = {}): WebhookRow => ({
  accountId: 'main',
  webhookId: 'w-1',
  url: 'https://example.com/',
  format: 'standard',
  types: ['task.created'],
  programId: null,
  description: null,
  createdByKey: 'k-1',
  createdAt: NOW - DAY,
  updatedAt: NOW - DAY,
  enabled: true,
  disabledReason: null,
  failures: 0,
  failingSince: null,
  pausedUntil: null,
  secret: 'whsec_1',
  previousSecret: null,
  previousSecretUntil: null,
  seenSeq: 7,
  claimedBy: null,
  claimedUntil: 0,
  ...more,
});
const result = (error: string | null, more: Partial<AttemptResult> = {}, status = 500): AttemptResult => ({
  attempt: { at: NOW - SECOND, status: error === null ? 200 : status, error, ms: 5 },
  retryAfterMs: null,
  ...more,
});
const delivery = (attempts: number, type: WebhookDeliveryRow['type'] = 'task.created'): WebhookDeliveryRow => ({
  accountId: 'main',
  webhookId: 'w-1',
  deliveryId: 'd-1',
  type,
  seq: 8,
  payload: '{}',
  state: 'pending',
  attempts: Array.from({ length: attempts }, () => result('refused').attempt),
  createdAt: NOW,
  nextAttemptAt: NOW,
});

describe('the next attempt', () => {
  test('waits 5 s, then three times as long each time, up to 12 hours', () => {
    const delays = Array.from({ length: MAX_ATTEMPTS }, (_, index) => retryDelayMs(index + 1, EXACT) / SECOND);
    expect(delays).toEqual([5, 15, 45, 135, 405, 1215, 3645, 10935, 32805, 43200, 43200, 43200, 43200]);
  });

  test('moves by at most a tenth', () => {
    expect([retryDelayMs(1, 0), retryDelayMs(1, 1)]).toEqual([4_500, 5_500]);
  });

  test('comes no earlier than the endpoint has asked for', () => {
    const asked = applyAttempt(delivery(0), result('busy', { retryAfterMs: MINUTE }), NOW, EXACT);
    expect(asked).toMatchObject({ state: 'pending', nextAttemptAt: NOW + MINUTE });
    const early = applyAttempt(delivery(0), result('busy', { retryAfterMs: 1 }), NOW, EXACT);
    expect(early.nextAttemptAt).toBe(NOW + 5 * SECOND);
  });

  test('is the last one at the limit, and for a test the first', () => {
    const failed = { state: 'failed', nextAttemptAt: null };
    expect(applyAttempt(delivery(MAX_ATTEMPTS - 2), result('no'), NOW, EXACT).state).toBe('pending');
    expect(applyAttempt(delivery(MAX_ATTEMPTS - 1), result('no'), NOW, EXACT)).toMatchObject(failed);
    expect(applyAttempt(delivery(0, 'webhook.test'), result('no'), NOW, EXACT)).toMatchObject(failed);
  });

  test('is none after a success', () => {
    const { attempts, ...rest } = applyAttempt(delivery(2), result(null), NOW, EXACT);
    expect(attempts).toHaveLength(3);
    expect(rest).toEqual({ state: 'delivered', nextAttemptAt: null });
  });
});

test.each([
  ['120', 120_000],
  [' 1 ', 1_000],
  ['0', null],
  ['-5', null],
  ['soon', null],
  ['', null],
  [undefined, null],
  ['86400', HOUR],
  [new Date(NOW + 30_000).toUTCString(), 30_000],
  [new Date(NOW - 30_000).toUTCString(), null],
])('Retry-After %j asks for a pause of %s ms', (header, ms) => {
  expect(parseRetryAfter(header, NOW)).toBe(ms);
});

describe('an endpoint', () => {
  const failing = { failures: PAUSE_AFTER_FAILURES, failingSince: NOW - 20 * SECOND };

  test('that has answered one of several attempts works', () => {
    const health = applyAttemptsToHealth(webhook(failing), [result('no'), result(null)], NOW, EXACT);
    expect(health).toMatchObject({ failures: 0, failingSince: null, pausedUntil: null, enabled: true });
  });

  test('is not paused before its fifth failure in a row', () => {
    const health = applyAttemptsToHealth(webhook(), [result('no'), result('no')], NOW, EXACT);
    expect(health).toMatchObject({ failures: 2, failingSince: NOW - SECOND, pausedUntil: null, enabled: true });
    const fifth = applyAttemptsToHealth(webhook({ ...failing, failures: 4 }), [result('no')], NOW, EXACT);
    expect(fifth).toMatchObject({ failures: 5, failingSince: failing.failingSince, pausedUntil: NOW + 20 * SECOND });
  });

  test('is paused for about as long as it has failed, from two seconds to five minutes', () => {
    const pauseAfter = (ms: number) =>
      applyAttemptsToHealth(webhook({ ...failing, failingSince: NOW - ms }), [result('no')], NOW, EXACT).pausedUntil;
    expect(pauseAfter(1)).toBe(NOW + 2 * SECOND);
    expect(pauseAfter(MINUTE)).toBe(NOW + MINUTE);
    expect(pauseAfter(2 * DAY)).toBe(NOW + 5 * MINUTE);
  });

  test('rests as long as it asks for, also after a success', () => {
    const asked = { retryAfterMs: 10 * MINUTE };
    expect(applyAttemptsToHealth(webhook(), [result('busy', asked)], NOW, EXACT).pausedUntil).toBe(NOW + 10 * MINUTE);
    expect(applyAttemptsToHealth(webhook(), [result(null, asked)], NOW, EXACT).pausedUntil).toBe(NOW + 10 * MINUTE);
  });

  test('that is gone is disabled at once', () => {
    const health = applyAttemptsToHealth(webhook(), [result('Gone', {}, 410)], NOW, EXACT);
    expect(health).toMatchObject({ enabled: false, disabledReason: 'gone', pausedUntil: null });
  });

  test('is disabled after both three days and twenty failures', () => {
    const failedOnce = (failures: number, ms: number) =>
      applyAttemptsToHealth(webhook({ failures, failingSince: NOW - SECOND - ms }), [result('no')], NOW, EXACT);
    expect(failedOnce(19, 3 * DAY)).toMatchObject({ enabled: false, disabledReason: 'failing', failures: 20 });
    expect(failedOnce(18, 3 * DAY).enabled).toBe(true);
    expect(failedOnce(19, 3 * DAY - 1).enabled).toBe(true);
  });

  test('that an admin has disabled keeps that reason', () => {
    const off = webhook({ enabled: false, disabledReason: 'admin', failures: 30, failingSince: NOW - 9 * DAY });
    for (const each of [result('no'), result('Gone', {}, 410)])
      expect(applyAttemptsToHealth(off, [each], NOW, EXACT)).toMatchObject({ enabled: false, disabledReason: 'admin' });
  });

  test('is paused until then, unless a clock was set back since', () => {
    expect(isPaused({ pausedUntil: null }, NOW)).toBe(false);
    expect(isPaused({ pausedUntil: NOW + 1 }, NOW)).toBe(true);
    expect(isPaused({ pausedUntil: NOW }, NOW)).toBe(false);
    expect(isPaused({ pausedUntil: NOW + 2 * HOUR }, NOW)).toBe(true);
    expect(isPaused({ pausedUntil: NOW + 2 * HOUR + 1 }, NOW)).toBe(false);
  });
});

describe('an admin’s change', () => {
  const tired = webhook({ failures: 9, failingSince: NOW - DAY, pausedUntil: NOW + MINUTE });

  test('of the URL is tried at once, any other leaves the pause', () => {
    const moved = applyUpdate(tired, { url: 'https://example.org/' }, 50, NOW);
    expect(moved).toMatchObject({ failures: 0, failingSince: null, pausedUntil: null, seenSeq: 7, updatedAt: NOW });
    const described = applyUpdate(tired, { description: 'Ours' }, 50, NOW);
    expect(described).toEqual({ ...tired, description: 'Ours', updatedAt: NOW });
  });

  test('that disables it says who did, and one that enables it begins with what happens from now on', () => {
    const off = applyUpdate(tired, { enabled: false }, 50, NOW);
    expect(off).toMatchObject({ enabled: false, disabledReason: 'admin', failures: 9, seenSeq: 7 });
    const on = applyUpdate(off, { enabled: true }, 50, NOW);
    expect(on).toMatchObject({ enabled: true, disabledReason: null, failures: 0, pausedUntil: null, seenSeq: 50 });
  });
});
