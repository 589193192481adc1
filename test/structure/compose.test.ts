import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../server/config.ts';
import { SETTINGS } from '../../server/config-table.ts';
import { MAX_IMPORT_BYTES } from '../../server/platform/http/body.ts';

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly restart?: string;
  readonly ports?: readonly string[];
  readonly command?: readonly string[];
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const compose = read('compose.yaml');
const dockerfile = read('Dockerfile');
const services = Object.entries((parse(compose, { merge: true }) as { services: Record<string, Service> }).services);
const fleetbeats = services.filter(([, { build }]) => build !== undefined);

/** Expands `${NAME:-default}` and `${NAME:?message}` like a shell. */
const interpolate = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_all, name: string, kind: string, rest: string) => {
    if (kind === '?' && values[name] === undefined) throw new Error(`${name} is required`);
    return values[name] ?? rest;
  });

test('the compose file starts two servers of Fleetbeat with the same settings, and every setting exists', () => {
  expect(fleetbeats).toHaveLength(2);
  const [one, other] = fleetbeats.map(([, { environment }]) => environment ?? {});
  expect(one).toEqual(other);
  expect(Object.values(SETTINGS).map(({ env }) => env)).toEqual(expect.arrayContaining(Object.keys(one ?? {})));
});

test('the server accepts these settings, with values like those that the first lines of the file generate', () => {
  const values = {
    MYSQL_PASSWORD: 'ab12'.repeat(12),
    REDIS_PASSWORD: 'cd34'.repeat(12),
    FLEETBEAT_ADMIN_KEY: `fb_first_${'0123456789abcdef'.repeat(4)}`,
  };
  const settings = Object.entries(fleetbeats[0]?.[1].environment ?? {});
  const config = readConfig(Object.fromEntries(settings.map(([name, text]) => [name, interpolate(text, values)])));
  expect(config.databaseUrl).toBe(`mysql://fleetbeat:${values.MYSQL_PASSWORD}@mysql:3306/fleetbeat`);
  expect(config.redisUrl).toBe(`redis://:${values.REDIS_PASSWORD}@redis:6379`);
  expect(config.trustProxy).toBe(1);
  expect(config.allowedHosts).toEqual(['localhost']);
});

test('every host that a server or the proxy connects to is a service of the file', () => {
  const names = services.map(([name]) => name);
  const urls = fleetbeats.flatMap(([, { environment = {} }]) => Object.values(environment));
  const called = urls.flatMap((text) => [...(/[@/]([a-z0-9-]+):\d+/.exec(text)?.slice(1) ?? [])]);
  expect(new Set(called)).toEqual(new Set(['mysql', 'redis']));
  const upstream = [...read('docs/compose/nginx.conf').matchAll(/server ([a-z0-9-]+):(\d+);/g)];
  expect(upstream.map(([, name]) => name)).toEqual(fleetbeats.map(([name]) => name));
  expect(new Set(upstream.map(([, , port]) => port))).toEqual(new Set([/PORT=(\d+)/.exec(dockerfile)?.[1]]));
  for (const [, { depends_on: needs = {} }] of services)
    expect(names).toEqual(expect.arrayContaining(Object.keys(needs)));
});

test('every service restarts by itself, and each one that others depend on has a health check', () => {
  const checkedServices = services.filter(([, service]) => 'healthcheck' in service || service.build !== undefined);
  const waitedFor = services.flatMap(([, { depends_on: needs = {} }]) => Object.keys(needs));
  expect(checkedServices.map(([name]) => name)).toEqual(expect.arrayContaining(waitedFor));
  for (const [name, { restart, image }] of services)
    expect([name, restart, image]).toEqual([name, 'unless-stopped', expect.stringMatching(/:(\d|local$)/)]);
});

test('only the proxy is published, and on loopback: it speaks plain HTTP', () => {
  const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
  expect(published).toEqual([['proxy', expect.stringMatching(/^127\.0\.0\.1:/)]]);
});

test('nobody uses MySQL or Redis without a password', () => {
  const { mysql, redis } = Object.fromEntries(services);
  expect(mysql?.environment).toMatchObject({ MYSQL_PASSWORD: expect.stringContaining('${MYSQL_PASSWORD:?') });
  expect(redis?.environment).toEqual({ REDIS_PASSWORD: expect.stringContaining('${REDIS_PASSWORD:?') });
  expect(redis?.command?.at(-1)).toContain('requirepass');
});

test.each(['docs/compose/nginx.conf', 'docs/host-for-a-team.md'])(
  'the proxy of %s limits requests and connections of each address, speaks HTTP/2, and takes the largest body',
  (path) => {
    const lines = read(path);
    for (const name of [
      'limit_req zone=',
      'limit_conn connections',
      'limit_req_status 429',
      'limit_conn_status 429',
      'http2 on',
    ])
      expect(lines).toMatch(new RegExp(`^ +${name}[^;]*;$`, 'm'));
    const megabytes = Number(/client_max_body_size (\d+)m;/.exec(lines)?.[1]);
    expect(megabytes * 2 ** 20).toBeGreaterThan(MAX_IMPORT_BYTES);
  },
);

test("what the proxy refuses is one of the server's problems", () => {
  const [, text = ''] = /return 429 '([^']+)';/.exec(read('docs/compose/nginx.conf')) ?? [];
  const problems = parse(read('openapi/problems.yaml')) as Record<string, { readonly status: number; title: string }>;
  const { type, status, title, retryAfterSeconds } = JSON.parse(text) as Record<string, string>;
  expect({ status, title }).toEqual({
    status: problems[String(type).replace('/problems/', '')]?.status,
    title: problems[String(type).replace('/problems/', '')]?.title,
  });
  expect(retryAfterSeconds).toBe(1);
});

test('every base image is an LTS of Node, by its digest', () => {
  const from = [...dockerfile.matchAll(/^FROM (\S+)(?: AS (\S+))?$/gm)].map(([, image, name]) => ({ image, name }));
  const own = from.map(({ name }) => name);
  const bases = from.filter(({ image }) => !own.includes(image));
  expect(bases.map(({ image }) => image)).toEqual([
    expect.stringMatching(/^node:(22|24)\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/),
  ]);
});

test('the image runs without root, has a health check that needs no other program, and starts the built server', () => {
  const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^HEALTHCHECK [^\n]*\\\n {2}CMD \["node", /m);
  expect(last).toMatch(/^CMD \["node", "--enable-source-maps", "dist\/server\/main\.js"\]$/m);
});

test('.dockerignore lets in exactly what the build needs', () => {
  const allowed = read('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const needed = [
    'clients',
    'openapi',
    'server',
    'package.json',
    'package-lock.json',
    '.npmrc',
    'tsconfig.json',
    'tsconfig.build.json',
    'Makefile',
    'LICENSE',
  ];
  expect([...allowed].sort()).toEqual([...needed].sort());
});
