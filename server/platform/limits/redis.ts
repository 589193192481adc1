/** The connection to Redis, for counts that all replicas share. */
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';

const ANSWER_MS = 500;
const RETRY_MS = 2_000;

/** Does not wait for Redis: until it answers, and whenever it does not, each replica counts for itself. */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const { Redis: Client } = await import('ioredis');
  const redis = new Client(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: RETRY_MS,
    commandTimeout: ANSWER_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, RETRY_MS),
  });
  let isAway = false;
  redis.on('ready', () => {
    isAway = false;
    log.info('Redis answers: rate limits are shared between replicas');
  });
  redis.on('error', ({ message }: Error) => {
    if (!isAway) log.warn({ reason: message }, 'Redis is away: each replica counts for itself');
    isAway = true;
  });
  return redis;
}
