import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('nobody may call from a browser, no proxy is trusted and limits are on unless the settings say otherwise', () => {
  expect(readConfig({})).toMatchObject({
    corsOrigins: [],
    trustProxy: false,
    rateLimits: true,
    refusedKeysPerMinute: 20,
    redisUrl: '',
  });
});

test.each([
  ['FLEETBEAT_TRUST_PROXY', '2', { trustProxy: 2 }],
  ['FLEETBEAT_TRUST_PROXY', 'loopback, 10.0.0.0/8, fd00::/8', { trustProxy: ['loopback', '10.0.0.0/8', 'fd00::/8'] }],
  [
    'FLEETBEAT_CORS_ORIGINS',
    'https://a.example, http://localhost:5173',
    { corsOrigins: ['https://a.example', 'http://localhost:5173'] },
  ],
  ['FLEETBEAT_RATE_LIMITS', 'off', { rateLimits: false }],
  ['FLEETBEAT_REFUSED_KEYS_PER_MINUTE', '5', { refusedKeysPerMinute: 5 }],
  ['REDIS_URL', 'rediss://user:secret@redis.example:6380', { redisUrl: 'rediss://user:secret@redis.example:6380' }],
])('%s may be %s', (name, text, config) => {
  expect(readConfig({ [name]: text })).toMatchObject(config);
});

test.each([
  ['FLEETBEAT_TRUST_PROXY', 'true'],
  ['FLEETBEAT_TRUST_PROXY', '0'],
  ['FLEETBEAT_TRUST_PROXY', '10.0.0.0/33'],
  ['FLEETBEAT_TRUST_PROXY', 'my-proxy'],
  ['FLEETBEAT_CORS_ORIGINS', '*'],
  ['FLEETBEAT_CORS_ORIGINS', 'https://a.example/'],
  ['FLEETBEAT_CORS_ORIGINS', 'a.example'],
  ['FLEETBEAT_RATE_LIMITS', 'yes'],
  ['FLEETBEAT_REFUSED_KEYS_PER_MINUTE', '0'],
  ['REDIS_URL', 'http://redis.example'],
])('%s may not be %s: that would trust or promise too much', (name, text) => {
  expect(() => readConfig({ [name]: text })).toThrow(ConfigError);
  expect(() => readConfig({ [name]: text })).toThrow(name);
});

test('a wrong REDIS_URL is named without its password', () => {
  expect(() => readConfig({ REDIS_URL: 'redis//user:hunter2@host' })).toThrow(/^(?!.*hunter2).*REDIS_URL/s);
});
