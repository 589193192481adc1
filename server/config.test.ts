import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import type { Setting } from './config-setting.ts';
import { SETTINGS } from './config-table.ts';

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

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-secrets-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const VALUES: Readonly<Record<string, string>> = {
    DATABASE_URL: 'mysql://fleet:0123456789abcdef@db/fleet',
    FLEETBEAT_ADMIN_KEY: 'fb_first_0123456789abcdef',
    FLEETBEAT_OIDC_CLIENT_SECRET: '0123456789abcdef',
    REDIS_URL: 'rediss://:0123456789abcdef@cache:6379',
  };
  const settings: readonly Setting<unknown>[] = Object.values(SETTINGS);
  const secrets = settings.flatMap(({ env, isSecret }) => (isSecret ? [env] : []));

  test('every secret setting has a value here', () => {
    expect(secrets.sort()).toEqual(Object.keys(VALUES).sort());
  });

  test.each(Object.entries(VALUES))('%s_FILE is read, without the line break at its end', (name, value) => {
    const file = write(name, `${value}\n`);
    expect(readConfig({ [`${name}_FILE`]: ` ${file} ` })).toEqual(readConfig({ [name]: value }));
  });

  test.each(Object.entries(VALUES))(
    '%s and its file are refused together, even when they say the same',
    (name, value) => {
      const environment = { [name]: value, [`${name}_FILE`]: write(name, value) };
      expect(() => readConfig(environment)).toThrow(`${name} and ${name}_FILE are both set; keep one of them`);
      expect(() => readConfig(environment)).not.toThrow('0123456789abcdef');
    },
  );

  test('an empty variable beside the file is no second value, as compose files pass on what is not set', () => {
    const file = write('key', 'fb_first_0123456789abcdef');
    const environment = { FLEETBEAT_ADMIN_KEY: '', FLEETBEAT_ADMIN_KEY_FILE: file, DATABASE_URL_FILE: '' };
    expect(readConfig(environment)).toMatchObject({
      adminKey: 'fb_first_0123456789abcdef',
      databaseUrl: 'sqlite:./data/fleetbeat.db',
    });
  });

  test('a file that is missing, empty, a folder or wrong stops the start, and the message names it without its text', () => {
    const missing = join(folder, 'missing');
    const wrong = write('wrong', 'postgres://u:hunter2hunter2@db/x');
    const read = (file: string) => () => readConfig({ DATABASE_URL_FILE: file });
    expect(read(missing)).toThrow(`DATABASE_URL is set by the file ${missing}, which does not exist`);
    expect(read(folder)).toThrow(`DATABASE_URL is set by the file ${folder}, which is a folder`);
    expect(read(write('empty', '\n'))).toThrow('which is empty');
    expect(read(wrong)).toThrow('DATABASE_URL must be sqlite:<file> or mysql://');
    expect(read(wrong)).not.toThrow('hunter2');
  });

  test('a setting that is no secret has no file', () => {
    expect(readConfig({ PORT_FILE: write('port', '1234') })).toMatchObject({ port: 8787 });
  });
});
