import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { obtainRedis, type RedisServer } from '../../support/private-redis.ts';
import { sendRequest, startRateLimitedServer } from '../../support/rate-limited-server.ts';
import type { TestServer } from '../../support/test-server.ts';

const found = await obtainRedis();
if (typeof found === 'string') console.warn(`NOT TESTED: rate limits through Redis. ${found}`);

describe.runIf(typeof found !== 'string')('two replicas with one Redis', () => {
  const redis = found as RedisServer;
  let one: TestServer;
  let two: TestServer;
  beforeEach(async () => {
    await redis.start();
    const environment = { REDIS_URL: redis.url, FLEETBEAT_REFUSED_KEYS_PER_MINUTE: '6' };
    one = await startRateLimitedServer({ environment });
    two = await startRateLimitedServer({ environment, database: one.database });
  });
  afterEach(async () => {
    await two.close();
    await one.close();
    await redis.stop();
  });
  afterAll(() => redis.remove());

  /** The statuses of as many writes of a program's state, by turns on both replicas. */
  async function writes(key: string, count: number): Promise<number[]> {
    const seen: number[] = [];
    for (let each = 0; each < count; each += 1) {
      const sent = { method: 'PATCH', path: '/v1/programs/builder/state', key, body: { config: {} } };
      seen.push((await sendRequest(each % 2 === 0 ? one.url : two.url, sent)).status);
    }
    return seen;
  }
  const count = (seen: readonly number[], status: number) => seen.filter((each) => each === status).length;
  const builder = async () =>
    (await (await one.createAccount('free')).client.keys.create({ programId: 'builder' })).key;

  /** Counting goes over to Redis, and back, when each replica has noticed: then a budget is shared, or is not. */
  const sharedWrites = async () => count(await writes(await builder(), 24), 200);

  test('count against one budget', async () => {
    await expect.poll(sharedWrites, { timeout: 30_000 }).toBe(10);
    const seen = await writes(await builder(), 14);
    expect(seen).toEqual([...new Array(10).fill(200), ...new Array(4).fill(429)]);
  });

  test('count the refused keys of an address together', async () => {
    await expect.poll(sharedWrites, { timeout: 30_000 }).toBe(10);
    const wrong = 'fb_nobody_0123456789abcdef';
    const seen: number[] = [];
    for (const { url } of [one, two, one, two, one, two, one, two])
      seen.push((await sendRequest(url, { key: wrong })).status);
    expect(seen).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
  });

  test('keep working without Redis, each with its own counts, and share again when it is back', async () => {
    await expect.poll(sharedWrites, { timeout: 30_000 }).toBe(10);
    await redis.stop();
    const alone = await writes(await builder(), 24);
    expect(count(alone, 200) + count(alone, 429)).toBe(24);
    expect(count(alone, 200)).toBe(20);
    await redis.start();
    await expect.poll(sharedWrites, { timeout: 30_000 }).toBe(10);
  });

  test('keep working when Redis hangs', async () => {
    await expect.poll(sharedWrites, { timeout: 30_000 }).toBe(10);
    const key = await builder();
    redis.freeze();
    for (const { url } of [one, two]) expect((await sendRequest(url, { key })).status).toBe(200);
  });

  test('start and answer while Redis is away', async () => {
    await redis.stop();
    const three = await startRateLimitedServer({ environment: { REDIS_URL: redis.url } });
    try {
      const { key } = await three.createAccount('free');
      expect((await sendRequest(three.url, { key })).status).toBe(200);
    } finally {
      await three.close();
    }
  });
});
