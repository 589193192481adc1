import { lookup, promises } from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enableNetworkGuard, NetworkInTransactionError, withoutNetwork } from './transaction.ts';

const server = createServer((socket) => socket.resume().end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'));
beforeAll(async () => {
  enableNetworkGuard();
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => void server.close());

const getPort = () => (server.address() as AddressInfo).port;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test.each([
  ['dns.lookup', () => new Promise((resolve) => lookup('localhost', resolve))],
  ['dns.promises.lookup', () => promises.lookup('localhost')],
  ['a resolver', () => new promises.Resolver({ timeout: 10, tries: 1 }).resolve4('name.invalid').catch(() => null)],
  ['a connection', () => once(connect(getPort(), '127.0.0.1').resume(), 'close')],
  ['fetch', () => fetch(`http://127.0.0.1:${getPort()}`).catch(() => null)],
])('a transaction that uses %s fails', async (_what, useNetwork) => {
  const work = async () => {
    await sleep(1);
    await useNetwork();
    return 'done';
  };
  await expect(withoutNetwork(work)).rejects.toThrow(NetworkInTransactionError);
  expect(await work()).toBe('done');
});

test('unawaited work may use the network once its transaction has ended', async () => {
  let later: Promise<unknown> = Promise.resolve();
  await withoutNetwork(async () => {
    later = sleep(20).then(() => promises.lookup('localhost'));
  });
  await expect(later).resolves.toMatchObject({ address: expect.any(String) });
});
