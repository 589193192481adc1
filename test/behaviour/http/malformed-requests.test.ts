import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let server: ServerProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServerProcess({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await server.kill();
  await database.remove();
});

/** Everything that the server answers until it closes the connection. */
async function answerTo(...pieces: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  let answer = '';
  socket.on('data', (piece: string) => {
    answer += piece;
  });
  socket.on('error', () => undefined);
  for (const piece of pieces) socket.write(piece);
  await once(socket, 'close');
  return answer;
}

const unreadable = [
  ['no HTTP at all', 'HELO fleetbeat\r\n\r\n', 400, 'invalid-request'],
  [
    'a length that is no number',
    'POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
    400,
    'invalid-request',
  ],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    400,
    'invalid-request',
  ],
  ['headers of 20 kB', `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
  ['an address of 20 kB', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431, 'headers-too-large'],
] as const;

test.each(unreadable)('%s is told as a problem', async (_what, sent, status, kind) => {
  const [head = '', body = ''] = (await answerTo(sent)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z].*\r\n`));
  expect(head).toContain('Content-Type: application/problem+json');
  expect(head).toContain(`Content-Length: ${body.length}`);
  expect(JSON.parse(body)).toMatchObject({ type: `/problems/${kind}`, status, detail: expect.any(String) });
});

test('after a valid request on the same connection too, and the server keeps working', async () => {
  const good = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';
  const answer = await answerTo(good, 'nonsense\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(answer).toContain('HTTP/1.1 400 Bad Request');
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});
