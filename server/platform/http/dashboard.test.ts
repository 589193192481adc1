import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dashboard } from './dashboard.ts';

const PAGE = '<!doctype html><title>Fleetbeat</title>';
const SCRIPT = 'console.log("fleet");'.repeat(50);
const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetbeat-dashboard-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets/index-1a2b.js'), SCRIPT);
  writeFileSync(join(folder, 'assets/index-1a2b.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, 'assets/index-1a2b.js.gz'), gzipSync(SCRIPT));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Sends a request to a server that has only the dashboard, and 404 behind it. */
const get = (path: string, accept = HTML, encoding = 'identity') =>
  request(express().use(dashboard([join(folder, 'none'), folder])))
    .get(path)
    .set({ Accept: accept, 'Accept-Encoding': encoding });

test.each(['/', '/tasks', '/sessions/builder-session-1', '/programs/builder?tab=history'])(
  'a browser that opens %s gets the page, which it revalidates each time',
  async (path) => {
    const { status, text, headers } = await get(path);
    expect([status, text, headers['cache-control']]).toEqual([200, PAGE, 'no-cache']);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  },
);

test.each(['/v1/sessions', '/nothing', '/assets/gone.js', '/assets/index-1a2b.js.br', '/../package.json', '/assets'])(
  '%s does not belong to the dashboard',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);

test('a client that accepts JSON gets no page', async () => {
  expect((await get('/tasks', 'application/json')).status).toBe(404);
  expect((await get('/tasks', '*/*')).status).toBe(404);
});

test('a file with a hash in its name is cached for ever', async () => {
  const { headers, text } = await get('/assets/index-1a2b.js', '*/*');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(text).toBe(SCRIPT);
});

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
])('for %s the file compressed at build time is sent: %s', async (accepted, encoding) => {
  const { headers, body } = await get('/assets/index-1a2b.js', '*/*', accepted)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
    });
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['vary']).toContain('Accept-Encoding');
  // The client has decompressed it.
  expect(String(body)).toBe(SCRIPT);
});

test('a cached page is answered with 304', async () => {
  const { headers } = await get('/');
  const again = await get('/').set('If-None-Match', String(headers['etag']));
  expect([again.status, again.text]).toEqual([304, '']);
});

test('HEAD has the headers of a file without its body', async () => {
  const app = express().use(dashboard([folder]));
  const { status, headers, text } = await request(app).head('/').set('Accept', HTML);
  expect([status, text, headers['content-length']]).toEqual([200, undefined, String(PAGE.length)]);
});

test('methods other than GET and HEAD are not handled', async () => {
  expect(
    (
      await request(express().use(dashboard([folder])))
        .post('/tasks')
        .set('Accept', HTML)
    ).status,
  ).toBe(404);
});

test('without a build browsers get instructions, and other clients get a 404', async () => {
  const app = express().use(dashboard([join(folder, 'none')]));
  const { status, text } = await request(app).get('/').set('Accept', HTML);
  expect(status).toBe(503);
  expect(text).toContain('make build');
  expect((await request(app).get('/assets/x.js')).status).toBe(404);
});
