/** Whoever may not call is told so before a byte of the body has come; so is who says that it will be too long. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../../openapi/operations.ts';
import { operations } from '../../../server/platform/contract.ts';
import { buildRequestTarget, type ContractFixtures, createContractFixtures } from '../../support/contract-fixtures.ts';
import { maxBodyBytes } from '../../support/max-body-bytes.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let house: TestServer;
let cast: ContractFixtures;
beforeAll(async () => {
  house = await startTestServer();
  cast = await createContractFixtures(house);
});
afterAll(() => house.close());

/** The answer to the headers of a request whose body never comes. */
async function answerTo(method: string, path: string, headers: Readonly<Record<string, string>>) {
  const { hostname, port } = new URL(house.url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ host: hostname, 'content-type': 'application/json', ...headers });
  const head = [`${method} ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  socket.setEncoding('utf8').write(`${head.join('\r\n')}\r\n\r\n{`);
  let text = '';
  while (!text.includes('}')) text += ((await once(socket, 'data')) as [string])[0];
  socket.destroy();
  return { status: Number(text.split(' ')[1]), type: /"type":"([^"]*)"/.exec(text)?.[1] };
}

const LENGTH = { 'content-length': '1000' };
const CHUNKED = { 'transfer-encoding': 'chunked' };
const ROLES: readonly Role[] = ['program', 'auditor', 'admin', 'operator'];

describe.each(operations.filter(({ body }) => body))('$operationId', (operation) => {
  const { method, roles } = operation;
  const send = (headers: Readonly<Record<string, string>>) =>
    answerTo(method.toUpperCase(), buildRequestTarget(operation, cast.pathParameters), headers);

  test.runIf(roles)('without a key, with a wrong one or with one of another role', async () => {
    const missing = { status: 401, type: '/problems/unauthenticated' };
    expect(await send(LENGTH)).toEqual(missing);
    expect(await send(CHUNKED)).toEqual(missing);
    expect(await send({ ...LENGTH, authorization: 'Bearer fb_nobody_0123456789abcdef' })).toEqual(missing);
    for (const role of ROLES.filter((each) => !roles?.includes(each))) {
      const key = await cast.createKey(role);
      const denied = { status: 403, type: '/problems/forbidden' };
      expect({ role, ...(await send({ ...LENGTH, authorization: `Bearer ${key}` })) }).toEqual({ role, ...denied });
    }
  });

  test('too long, or encoded', async () => {
    const key = await cast.keyFor(operation);
    const authorization = key ? { authorization: `Bearer ${key}` } : {};
    const length = { 'content-length': String(maxBodyBytes(operation) + 1) };
    expect(await send({ ...authorization, ...length })).toEqual({ status: 413, type: '/problems/body-too-large' });
    const encoded = { status: 415, type: '/problems/unsupported-media-type' };
    for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip', 'zstd'])
      expect(await send({ ...authorization, ...LENGTH, 'content-encoding': encoding })).toEqual(encoded);
  });
});

test('what no operation is, and MCP without a key', async () => {
  expect(await answerTo('POST', '/v1/nothing', LENGTH)).toMatchObject({ status: 404 });
  expect(await answerTo('PUT', '/v1/sessions', LENGTH)).toMatchObject({ status: 405 });
  expect(await answerTo('POST', '/mcp', LENGTH)).toMatchObject({ status: 401 });
  const key = { authorization: `Bearer ${house.adminKey}` };
  expect(await answerTo('POST', '/mcp', { ...LENGTH, ...key, 'content-encoding': 'gzip' })).toMatchObject({
    status: 415,
  });
});

test('a stream ends when its reader closes its half of the connection', async () => {
  const { hostname, port } = new URL(house.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET /v1/events HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${house.adminKey}\r\n\r\n`);
  await once(socket, 'data');
  socket.end();
  await once(socket, 'close');
});
