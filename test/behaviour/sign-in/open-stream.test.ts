import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRawEventStream } from '../../support/event-stream.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { openWebPage } from '../../support/web-page.ts';

let other: TestServer;
const server = useTestServer();
beforeAll(async () => {
  other = await startTestServer({ database: server.database });
});
afterAll(async () => {
  await other.close();
});

/** A page that follows the events with its cookie. */
async function following() {
  const page = openWebPage(server.url);
  await page.signIn({ key: server.adminKey });
  const { name = '', value = '' } = page.cookie() ?? {};
  const stream = await openRawEventStream(server.url, null, '', { cookie: `${name}=${value}` });
  expect((await stream.next())?.event).toBe('position');
  return { page, stream, cookie: `${name}=${value}` };
}

test('the stream of a browser ends when it signs out, and that of another one goes on', async () => {
  const { programId } = await server.createProgram();
  const [leaving, staying] = [await following(), await following()];
  await leaving.page.request('POST', '/v1/sign-out');
  expect(await leaving.stream.next()).toBeUndefined();
  await server.admin.messages.send({ to: programId, kind: 'PING', text: 'Still there?' });
  expect((await staying.stream.next())?.event).toBe('message.sent');
  staying.stream.close();
});

test('signing out everywhere, at another server, ends the streams of every browser', async () => {
  const [desk, phone] = [await following(), await following()];
  const page = openWebPage(other.url, { cookie: desk.cookie });
  const { status } = await page.request('POST', '/v1/sign-out-everywhere', {
    body: { scope: 'key' },
    headers: { 'x-csrf-token': desk.page.csrfToken() },
  });
  expect(status).toBe(200);
  expect([await desk.stream.next(), await phone.stream.next()]).toEqual([undefined, undefined]);
});

test('the stream ends with a web session that was opened long ago', async () => {
  const { stream } = await following();
  server.clock.advance(31 * 24 * 60 * 60 * 1000);
  expect(await stream.next()).toBeUndefined();
});
