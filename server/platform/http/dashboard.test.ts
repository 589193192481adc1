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

/** What a server answers that has nothing but the dashboard, and 404 behind it. */
const ask = (path: string, accept = HTML, encoding = 'identity') =>
  request(express().use(dashboard([join(folder, 'none'), folder])))
    .get(path)
    .set({ Accept: accept, 'Accept-Encoding': encoding });

test.each(['/', '/tasks', '/sessions/builder-session-1', '/programs/builder?tab=history'])(
  'a browser that opens %s gets the page, which it asks for anew each time',
  async (path) => {
    const { status, text, headers } = await ask(path);
    expect([status, text, headers['cache-control']]).toEqual([200, PAGE, 'no-cache']);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  },
);

test.each(['/v1/sessions', '/nothing', '/assets/gone.js', '/assets/index-1a2b.js.br', '/../package.json', '/assets'])(
  '%s is not of the dashboard',
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);

test('a program that asks a page for JSON gets no page', async () => {
  expect((await ask('/tasks', 'application/json')).status).toBe(404);
  expect((await ask('/tasks', '*/*')).status).toBe(404);
});

test('a file whose name has its hash is kept for ever', async () => {
  const { headers, text } = await ask('/assets/index-1a2b.js', '*/*');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(text).toBe(SCRIPT);
});

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
])('for %s it is sent as it was compressed when it was built: %s', async (accepted, encoding) => {
  const { headers, body } = await ask('/assets/index-1a2b.js', '*/*', accepted)
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
    });
  expect(headers['content-encoding']).toBe(encoding);
  expect(headers['vary']).toContain('Accept-Encoding');
  // The client has unpacked it by that name.
  expect(String(body)).toBe(SCRIPT);
});

test('who has the page already is told so', async () => {
  const { headers } = await ask('/');
  const again = await ask('/').set('If-None-Match', String(headers['etag']));
  expect([again.status, again.text]).toEqual([304, '']);
});

test('HEAD tells of a file without sending it', async () => {
  const app = express().use(dashboard([folder]));
  const { status, headers, text } = await request(app).head('/').set('Accept', HTML);
  expect([status, text, headers['content-length']]).toEqual([200, undefined, String(PAGE.length)]);
});

test('what changes something is nothing for the dashboard', async () => {
  expect(
    (
      await request(express().use(dashboard([folder])))
        .post('/tasks')
        .set('Accept', HTML)
    ).status,
  ).toBe(404);
});

test('without a build a browser is told what to do, and programs get what they always get', async () => {
  const app = express().use(dashboard([join(folder, 'none')]));
  const { status, text } = await request(app).get('/').set('Accept', HTML);
  expect(status).toBe(503);
  expect(text).toContain('make build');
  expect((await request(app).get('/assets/x.js')).status).toBe(404);
});
