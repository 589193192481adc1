import { beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../../server/platform/contract.ts';
import { buildExampleRequest, type ContractFixtures, createContractFixtures } from '../../support/contract-fixtures.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
let fixtures: ContractFixtures;
beforeAll(async () => {
  fixtures = await createContractFixtures(server);
});

const ACCEPT_PATCH = 'application/merge-patch+json, application/json';
const patches = operations.filter(({ method }) => method === 'patch');

describe.each(patches.map((each) => [each.operationId, each] as const))('%s', (_name, operation) => {
  const send = async (contentType: string, method = 'PATCH') => {
    const request = buildExampleRequest(operation, fixtures.pathParameters, await fixtures.keyFor(operation));
    return sendRaw(server.url, { ...request, method, headers: { ...request.headers, 'content-type': contentType } });
  };

  test('takes application/merge-patch+json', async () => {
    expect((await send('application/merge-patch+json')).status).toBe(200);
    expect((await send('Application/Merge-Patch+JSON; charset=utf-8')).status).toBe(200);
  });

  test('names what it takes when it refuses a media type or a method', async () => {
    const refused = await send('application/json-patch+json');
    expectProblem(refused, 415);
    expect(refused.headers['accept-patch']).toBe(ACCEPT_PATCH);
    const asked = await send('application/json', 'OPTIONS');
    expectProblem(asked, 405);
    expect(asked.headers['accept-patch']).toBe(ACCEPT_PATCH);
  });
});

test('a POST is no patch', async () => {
  const headers = { ...bearer(server.adminKey), 'content-type': 'application/merge-patch+json' };
  const answer = await sendRaw(server.url, { method: 'POST', path: '/v1/sessions', headers, body: '{"name":"A"}' });
  expectProblem(answer, 415);
  expect(answer.headers['accept-patch']).toBeUndefined();
});

describe('unknown query parameters', () => {
  test.each([
    '/healthz?probe=1',
    '/readyz?cb=1',
    '/docs?fbclid=1',
    '/openapi.json?v=2',
    '/problems/forbidden?utm_source=mail',
  ])('are ignored at %s', async (path) => {
    expect((await sendRaw(server.url, { method: 'GET', path })).status).toBe(200);
  });

  test.each(['/v1/sessions?colour=red', '/v1/me?a=1', '/V1/me?a=1'])('are refused at %s', async (path) => {
    expectProblem(await sendRaw(server.url, { method: 'GET', path, headers: bearer(server.adminKey) }), 400);
  });
});

describe('a number that would not read back exactly', () => {
  const TEXT = '{"customSettings":{"id":9007199254740993}}';

  test('is refused, wherever it stands', async () => {
    const { programId, key } = await server.createProgram();
    const headers = { ...bearer(key), 'content-type': 'application/json' };
    const path = `/v1/programs/${programId}/state`;
    const answer = await sendRaw(server.url, { method: 'PATCH', path, headers, body: `{"config":${TEXT}}` });
    expect(expectProblem(answer, 400).detail).toContain('9007199254740993');
  });

  test('is refused at once when it is endless, with what would be right', async () => {
    const { programId, key } = await server.createProgram();
    const headers = { ...bearer(key), 'content-type': 'application/json' };
    const body = `{"config":{"customSettings":{"id":${'7'.repeat(200_000)}}}}`;
    const path = `/v1/programs/${programId}/state`;
    const { detail } = expectProblem(await sendRaw(server.url, { method: 'PATCH', path, headers, body }), 400);
    expect(detail).toBe('body: has a number of more than 400 characters; send it as text');
  });

  test('is refused in the arguments of a tool', async () => {
    const { programId, key } = await server.createProgram();
    const call = (config: string) =>
      sendRaw(server.url, {
        method: 'POST',
        path: '/mcp',
        headers: { ...bearer(key), 'content-type': 'application/json', accept: 'application/json' },
        body: `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"update_program_state","arguments":{"programId":"${programId}","config":${config}}}}`,
      });
    expectProblem(await call(TEXT), 400);
    expect((await call('{"customSettings":{"id":9007199254740991}}')).text).toContain('9007199254740991');
  });
});
