/** The counters that the composition root hands out, and the rate limits, which count what they refuse. */
import type { Config } from './config.ts';
import type { Limiter } from './platform/limits/limiter.ts';
import { RateLimits } from './platform/limits/service.ts';
import type { Metrics } from './platform/metrics/metrics.ts';

export const FAILED_AUTHENTICATIONS = {
  name: 'failed_authentications_total',
  help: 'Keys that were refused: unknown, wrong, expired or revoked.',
};

export const CUT_STREAMS = {
  name: 'event_streams_cut_total',
  help: 'Event streams that were cut off because their readers were too slow.',
};

export const createRateLimits = (limiter: Limiter, config: Config, metrics: Metrics): RateLimits =>
  new RateLimits(limiter, {
    enabled: config.rateLimits,
    refusedKeysPerMinute: config.refusedKeysPerMinute,
    refusals: metrics.counter({
      name: 'rate_limited_total',
      help: 'Requests that were refused because a budget was spent, by policy.',
      labels: ['policy'],
    }),
  });
