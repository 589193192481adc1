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

const VALUES = {
  'If-Match': '"1"',
  'If-None-Match': '*',
  'If-Unmodified-Since': 'Tue, 24 Feb 2026 10:30:00 GMT',
  'Idempotency-Key': 'once',
};
type Operation = (typeof operations)[number];
const api = operations.filter(({ path }) => path.startsWith('/v1/'));
const takes = ({ parameters }: Operation, header: string) => parameters.some(({ name }) => name === header);

describe.each(Object.entries(VALUES))('%s', (header, value) => {
  const refusing = api.filter(
    (each) => !takes(each, header) && !(header === 'Idempotency-Key' && each.method === 'get'),
  );

  test.each(refusing.map((each) => [each.operationId, each] as const))(
    'is refused by %s, which does not honour it',
    async (_name, operation) => {
      const request = buildExampleRequest(operation, fixtures.pathParameters, await fixtures.keyFor(operation));
      const answer = await sendRaw(server.url, { ...request, headers: { ...request.headers, [header]: value } });
      expect(expectProblem(answer, 400).errors).toEqual([
        expect.objectContaining({ in: 'header', pointer: `#/${header.toLowerCase()}` }),
      ]);
    },
  );
});

test('a refused precondition writes nothing', async () => {
  const { programId, key, client } = await server.createProgram();
  await client.state.update(programId, { contextSummary: { lastTask: 'First' } });
  const answer = await sendRaw(server.url, {
    method: 'PATCH',
    path: `/v1/programs/${programId}/state`,
    headers: { ...bearer(key), 'content-type': 'application/json', 'if-none-match': '*' },
    body: '{"contextSummary":{"lastTask":"Second"}}',
  });
  expectProblem(answer, 400);
  expect((await client.state.read(programId)).contextSummary.lastTask).toBe('First');
});

test('the read of a session takes an Idempotency-Key, because it has no effect to repeat', async () => {
  const headers = { ...bearer(server.adminKey), 'idempotency-key': 'once' };
  expect((await sendRaw(server.url, { method: 'GET', path: '/v1/sessions', headers })).status).toBe(200);
});

test('elsewhere than in the API, the headers of caches and probes are ignored', async () => {
  for (const path of ['/healthz', '/docs', '/openapi.json'])
    expect((await sendRaw(server.url, { method: 'GET', path, headers: { 'if-none-match': '"a"' } })).status).toBe(200);
});

describe('If-Match', () => {
  test.each([
    ['W/"1"', 412],
    ['"unknown"', 412],
    ['"0", W/"1"', 412],
    ['"0", "1"', 200],
    ['*', 200],
    ['1', 400],
    ['"1', 400],
  ])('%s on version 1 is answered with %i', async (ifMatch, status) => {
    const { programId, key, client } = await server.createProgram();
    await client.state.update(programId, { contextSummary: { lastTask: 'First' } });
    const answer = await sendRaw(server.url, {
      method: 'PATCH',
      path: `/v1/programs/${programId}/state`,
      headers: { ...bearer(key), 'content-type': 'application/json', 'if-match': ifMatch },
      body: '{"contextSummary":{"lastTask":"Second"}}',
    });
    if (status !== 200) expectProblem(answer, status);
    expect(answer.status).toBe(status);
    const { lastTask } = (await client.state.read(programId)).contextSummary;
    expect(lastTask).toBe(status === 200 ? 'Second' : 'First');
  });
});
