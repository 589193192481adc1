import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('every setting has a default', () => {
  expect(readConfig({})).toMatchObject({
    port: 8787,
    host: '127.0.0.1',
    databaseUrl: 'sqlite:./data/fleetbeat.db',
    adminKey: '',
    allowedHosts: [],
    staleAfterMs: 900_000,
    stuckAfterMs: 1_800_000,
    logLevel: 'info',
    validateResponses: false,
  });
});

test.each([
  ['PORT', '0', { port: 0 }],
  ['PORT', '65535', { port: 65_535 }],
  ['PORT', ' 80 ', { port: 80 }],
  ['PORT', '', { port: 8_787 }],
  ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
  ['HOST', '::1', { host: '::1' }],
  ['HOST', 'fleet.example', { host: 'fleet.example' }],
  ['DATABASE_URL', 'sqlite::memory:', { databaseUrl: 'sqlite::memory:' }],
  ['DATABASE_URL', 'mysql://u:p@db:3306/fleet', { databaseUrl: 'mysql://u:p@db:3306/fleet' }],
  ['DATABASE_URL', 'mariadb://u@db/fleet', { databaseUrl: 'mariadb://u@db/fleet' }],
  ['DATABASE_URL', 'mysql://u:p@a:3306,b,[::1]:1/fleet', { databaseUrl: 'mysql://u:p@a:3306,b,[::1]:1/fleet' }],
  ['FLEETBEAT_ADMIN_KEY', 'fb_first_0123456789abcdef', { adminKey: 'fb_first_0123456789abcdef' }],
  ['FLEETBEAT_ALLOWED_HOSTS', 'a.example, b.example,', { allowedHosts: ['a.example', 'b.example'] }],
  ['FLEETBEAT_STALE_AFTER', '2s', { staleAfterMs: 2_000 }],
  ['FLEETBEAT_STALE_AFTER', '1.5h', { staleAfterMs: 5_400_000 }],
  ['FLEETBEAT_STUCK_AFTER', '90 s', { stuckAfterMs: 90_000 }],
  ['FLEETBEAT_LOG_LEVEL', 'debug', { logLevel: 'debug' }],
  ['NODE_ENV', 'development', { validateResponses: true }],
  ['NODE_ENV', 'production', { validateResponses: false }],
])('%s=%s is read', (name, text, expected) => {
  expect(readConfig({ [name]: text })).toMatchObject(expected);
});

test.each([
  ['PORT', '65536', 'a port from 0 to 65535'],
  ['PORT', '-1', 'a port'],
  ['PORT', '80a', 'a port'],
  ['HOST', 'http://fleet.example', 'an address or a host name'],
  ['HOST', 'a b', 'an address or a host name'],
  ['DATABASE_URL', 'postgres://u@db/fleet', 'sqlite:<file> or mysql://'],
  ['DATABASE_URL', 'sqlite:', 'sqlite:<file> or mysql://'],
  ['DATABASE_URL', 'mysql://u:p@db:3306', 'sqlite:<file> or mysql://'],
  ['DATABASE_URL', 'mysql://', 'sqlite:<file> or mysql://'],
  ['DATABASE_URL', 'mysql://u:p@a,b:x/fleet', 'with commas between them'],
  ['DATABASE_URL', 'mysql://u:p@a,,b/fleet', 'with commas between them'],
  ['DATABASE_URL', 'mysql://u:p@a,a:3306/fleet', 'each once'],
  ['FLEETBEAT_ADMIN_KEY', 'fb_first_short', 'a secret of 16 to 128'],
  ['FLEETBEAT_ADMIN_KEY', 'first_0123456789abcdef', 'fb_<keyId>_<secret>'],
  ['FLEETBEAT_STALE_AFTER', '15', 'a duration such as 15m'],
  ['FLEETBEAT_STALE_AFTER', '0s', 'a duration'],
  ['FLEETBEAT_STALE_AFTER', '-5m', 'a duration'],
  ['FLEETBEAT_STALE_AFTER', '5 parsecs', 'a duration'],
  ['FLEETBEAT_STUCK_AFTER', 'soon', 'a duration such as 30m'],
  ['FLEETBEAT_LOG_LEVEL', 'loud', 'one of silent, fatal, error, warn, info, debug, trace'],
])('%s=%s is refused, and the message tells what would be right', (name, text, right) => {
  const attempt = () => readConfig({ [name]: text });
  expect(attempt).toThrow(ConfigError);
  expect(attempt).toThrow(`${name} must be `);
  expect(attempt).toThrow(right);
});

test('one message names every setting that is wrong', () => {
  const attempt = () => readConfig({ PORT: 'x', FLEETBEAT_LOG_LEVEL: 'loud', HOST: '127.0.0.1' });
  expect(attempt).toThrow(/^PORT must be [^\n]*; it is 'x'\nFLEETBEAT_LOG_LEVEL must be [^\n]*; it is 'loud'$/);
});

test('no message repeats a secret', () => {
  const secret = 'hunter2hunter2hunter2';
  for (const wrong of [{ FLEETBEAT_ADMIN_KEY: secret }, { DATABASE_URL: `postgres://u:${secret}@db/x` }]) {
    expect(() => readConfig(wrong)).not.toThrow(secret);
    expect(() => readConfig(wrong)).toThrow(ConfigError);
  }
});

test.each(['changemechangeme', 'secretsecretsecret', 'aaaaaaaaaaaaaaaa', '1234567890123456'])(
  'an operator key with the secret %s is refused, with a command that makes a good one and without the secret',
  (secret) => {
    const read = () => readConfig({ FLEETBEAT_ADMIN_KEY: `fb_admin_${secret}` });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/^FLEETBEAT_ADMIN_KEY .* guessed; .*openssl rand -hex 32/);
    expect(read).not.toThrow(new RegExp(secret));
  },
);
