import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { getJson } from './http-get.ts';

let close: () => void = () => undefined;
afterEach(() => close());

/** Resolves with the answer of a server that answers so, and with how often it was asked. */
async function ask(listener: RequestListener, timeoutMs = 10_000) {
  let count = 0;
  const server = createServer((request, response) => {
    count++;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.close();
    server.closeAllConnections();
  };
  const { port } = server.address() as AddressInfo;
  const answer = await getJson(
    { url: `http://127.0.0.1:${port}`, key: 'fb_k_1' },
    '/v1/messages?limit=50',
    timeoutMs,
  ).then(
    (value) => ({ value }),
    (error: Error) => ({ error: error.message }),
  );
  return { ...answer, count };
}

const text = JSON.stringify({ messages: ['grün, 日本, 🐋'] });

test('a plain answer is read with its key, path and every character, in one request', async () => {
  const seen: unknown[] = [];
  const answer = await ask(({ url, headers }, response) => {
    seen.push(url, headers.authorization, headers.connection);
    response.setHeader('content-length', Buffer.byteLength(text)).end(text);
  });
  expect(answer).toEqual({ value: JSON.parse(text), count: 1 });
  expect(seen).toEqual(['/v1/messages?limit=50', 'Bearer fb_k_1', 'close']);
});

test('an answer in chunks is read too', async () => {
  const answer = await ask((_, response) => {
    response.write(text.slice(0, 5));
    response.end(text.slice(5));
  });
  expect(answer).toMatchObject({ value: JSON.parse(text) });
});

test('an answer that is cut off is none', async () => {
  const answer = await ask((_, response) => {
    response.setHeader('content-length', Buffer.byteLength(text)).write(text.slice(0, 5));
    setTimeout(() => response.destroy(), 50);
  });
  expect(answer).toMatchObject({ error: expect.any(String) });
});

test.each([401, 404, 503])('an answer of %d is an error', async (status) => {
  const answer = await ask((_, response) => {
    response.statusCode = status;
    response.end(text);
  });
  expect(answer).toMatchObject({ error: `HTTP ${status}` });
});

test('a server that does not answer is given up', async () => {
  expect(await ask(() => undefined, 100)).toEqual({ error: 'no answer within 100 ms', count: 1 });
});

test('nobody there is an error', async () => {
  await expect(getJson({ url: 'http://127.0.0.1:9', key: 'fb_k_1' }, '/', 10_000)).rejects.toThrow(/ECONNREFUSED/);
});
