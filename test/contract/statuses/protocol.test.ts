import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { contract, operations } from '../../../server/platform/contract.ts';
import {
  buildExampleRequest,
  buildPath,
  type ContractFixtures,
  createContractFixtures,
} from '../../support/contract-fixtures.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let fixtures: ContractFixtures;
const server = useTestServer();
beforeAll(async () => {
  fixtures = await createContractFixtures(server);
});

const get = (path: string, headers = {}) => sendRaw(server.url, { method: 'GET', path, headers });

test.each([
  ['/healthz', 'application/json', '"status":"ok"'],
  ['/readyz', 'application/json', '"status":"ready"'],
  ['/docs', 'text/html', 'Fleetbeat API reference'],
  ['/problems/session-limit-reached', 'text/html', 'No session slot is free'],
])('%s is open to all', async (path, type, content) => {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toContain(type);
  expect(answer.text).toContain(content);
});

test('/openapi.json is the complete document, with examples', async () => {
  const file = new URL('../../../openapi/generated/openapi.json', import.meta.url);
  expect(JSON.parse((await get('/openapi.json')).text)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});

test("every problem's type leads to its page, and no other does", async () => {
  const problem = expectProblem(await get('/v1/me'), 401);
  expect((await get(problem.type)).status).toBe(200);
  expectProblem(await get('/problems/of-another-kind'), 404);
});

describe.each(Object.keys(contract.paths).map((path) => [path] as const))('%s', (path) => {
  const there = operations.filter((each) => each.path === path);
  const at = () => buildPath(there[0] as (typeof operations)[number], fixtures.pathParameters);

  test('lists its methods when called with another one', async () => {
    const methods = there.map((each) => each.method.toUpperCase());
    const others = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'].filter(
      (each) => !methods.includes(each),
    );
    for (const method of others) {
      const answer = await sendRaw(server.url, { method, path: at(), headers: bearer(server.adminKey) });
      expectProblem(answer, 405);
      expect(String(answer.headers['allow']).split(/, */).sort()).toEqual(expect.arrayContaining(methods.sort()));
    }
  });
});

describe.each(operations.filter((each) => each.method === 'get').map((each) => [each.operationId, each] as const))(
  '%s',
  (_name, operation) => {
    test('answers HEAD like GET, without the body', async () => {
      const request = buildExampleRequest(operation, fixtures.pathParameters, await fixtures.keyFor(operation));
      const [whole, head] = [
        await sendRaw(server.url, request),
        await sendRaw(server.url, { ...request, method: 'HEAD' }),
      ];
      // Consent is a person's: no client waits for that of a key.
      const status = operation.operationId === 'getAuthorizationRequest' ? 404 : 200;
      expect(whole.status).toBe(status);
      expect(head).toMatchObject({ status, text: '' });
      const names = ['content-type', 'content-length', 'etag', 'cache-control'];
      // Metrics count their own requests, so no two responses have the same length.
      for (const name of names.filter((each) => operation.operationId !== 'getMetrics' || each !== 'content-length')) {
        expect(head.headers[name], name).toEqual(whole.headers[name]);
      }
    });
  },
);

test.each(['/v1', '/v2/sessions', '/v1/nothing', '/v1/sessions/a/b', '/favicon.ico', '/problems', '/docs/more'])(
  'there is nothing at %s, and the answer says so',
  async (path) => {
    for (const headers of [{}, bearer(server.adminKey)]) expectProblem(await get(path, headers), 404);
  },
);

test('every response has a unique id', async () => {
  const answers = await Promise.all(['/healthz', '/v1/me', '/v1/nothing', '/healthz'].map((path) => get(path)));
  const ids = answers.map((answer) => answer.headers['x-request-id']);
  expect(ids).toEqual(ids.map(() => expect.stringMatching(/^[0-9a-f-]{36}$/)));
  expect(new Set(ids).size).toBe(ids.length);
});

test('a caller can not choose the id of a request', async () => {
  expect((await get('/healthz', { 'x-request-id': 'mine' })).headers['x-request-id']).not.toBe('mine');
});
