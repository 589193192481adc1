/** The Redis connection for rate limits that replicas share. */
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';

const COMMAND_TIMEOUT_MS = 500;
const MAX_RETRY_DELAY_MS = 2_000;

/** Does not wait for the connection: while Redis is unavailable, each replica counts for itself. */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const { Redis: Client } = await import('ioredis');
  const redis = new Client(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: MAX_RETRY_DELAY_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RETRY_DELAY_MS),
  });
  let isUnavailable = false;
  redis.on('ready', () => {
    isUnavailable = false;
    log.info('Redis connected: rate limits are shared between replicas');
  });
  redis.on('error', ({ message }: Error) => {
    if (!isUnavailable) log.warn({ reason: message }, 'Redis is unavailable: each replica counts for itself');
    isUnavailable = true;
  });
  return redis;
}
