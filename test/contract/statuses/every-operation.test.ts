import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../openapi/operations.ts';
import { operations } from '../../../server/platform/contract.ts';
import { ROLES } from '../../support/callers.ts';
import {
  buildExampleRequest,
  type ContractFixtures,
  createContractFixtures,
  withQuery,
} from '../../support/contract-fixtures.ts';
import { maxBodyBytes } from '../../support/max-body-bytes.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let fixtures: ContractFixtures;
const server = useTestServer();
beforeAll(async () => {
  fixtures = await createContractFixtures(server);
});

/** Elsewhere are probes and pages, to whose addresses others add parameters. */
const isApi = ({ path }: Operation): boolean => path.startsWith('/v1/');

describe.each(operations.map((each) => [each.operationId, each] as const))('%s', (_name, operation) => {
  const request = (key?: string) => buildExampleRequest(operation, fixtures.pathParameters, key);

  test(`${isApi(operation) ? 'refuses' : 'ignores'} an unknown query parameter`, async () => {
    const { path, ...rest } = request(await fixtures.keyFor(operation));
    const answer = await sendRaw(server.url, { ...rest, path: withQuery(path, 'unheardOf=1') });
    if (!isApi(operation)) return expect(answer.status).toBe(200);
    expect(expectProblem(answer, 400).errors).toMatchObject([{ in: 'query', pointer: '#/unheardOf' }]);
  });

  test('refuses a query that is not well-formed', async () => {
    const { path, ...rest } = request(await fixtures.keyFor(operation));
    expectProblem(await sendRaw(server.url, { ...rest, path: withQuery(path, 'unheardOf=%FF') }), 400);
  });

  if (operation.method === 'get') {
    test('returns 304 only where the contract has it', async () => {
      const { headers, ...rest } = request(await fixtures.keyFor(operation));
      const { status } = await sendRaw(server.url, { ...rest, headers: { ...headers, 'if-none-match': '*' } });
      expect(Object.keys(operation.responses)).toContain(String(status));
    });
  }

  if (operation.roles) {
    test.each([
      ['no key', {}],
      ['a key that nobody has', bearer('fb_nobody_0123456789abcdef')],
      ['a key that has not the form of one', bearer('hunter2')],
      ['another scheme', { authorization: 'Basic aHVudGVyMg==' }],
    ])('refuses %s', async (_which, headers) => {
      const { headers: given, ...rest } = request();
      expectProblem(await sendRaw(server.url, { ...rest, headers: { ...given, ...headers } }), 401);
    });
  }

  for (const role of ROLES.filter((each) => operation.roles && !operation.roles.includes(each))) {
    test(`refuses the role ${role} without revealing the rights of the key`, async () => {
      const problem = expectProblem(await sendRaw(server.url, request(await fixtures.createKey(role))), 403);
      expect(problem.type).toBe('/problems/forbidden');
      if (!operation.roles?.includes('operator')) return;
      expect(problem.detail).toContain('needs a key of the role');
      expect(problem.detail).not.toContain(fixtures.pathParameters['programId']);
    });
  }

  if (operation.parameters.some((each) => each.name === 'Idempotency-Key')) {
    test('refuses an Idempotency-Key that was used for another request', async () => {
      const { headers, ...rest } = request(await fixtures.keyFor(operation));
      const again = { ...headers, 'idempotency-key': 'once', 'content-type': 'application/json' };
      const body = JSON.stringify({ name: 'Another request', programId: fixtures.pathParameters['programId'] });
      const first = await sendRaw(server.url, { method: 'POST', path: '/v1/sessions', headers: again, body });
      expect(first.status).toBe(201);
      const problem = expectProblem(await sendRaw(server.url, { ...rest, headers: again }), 409);
      expect(problem.type).toBe('/problems/idempotency-key-reused');
    });
  }

  if (operation.body) {
    test('refuses a body over its documented size', async () => {
      const body = JSON.stringify({ name: 'x'.repeat(maxBodyBytes(operation)) });
      expectProblem(await sendRaw(server.url, { ...request(await fixtures.keyFor(operation)), body }), 413);
    });

    test('refuses a body that is not JSON by its media type', async () => {
      const { headers, ...rest } = request(await fixtures.keyFor(operation));
      const sent = { ...rest, headers: { ...headers, 'content-type': 'text/plain' } };
      expectProblem(await sendRaw(server.url, sent), 415);
    });
  }
});
