import { asyncProperty, assert as holds, integer } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../server/platform/contract.ts';
import { type ContractFixtures, createContractFixtures, withQuery } from '../support/contract-fixtures.ts';
import { expectProblem } from '../support/problems.ts';
import { sendRaw } from '../support/raw-request.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { buildValidQuery, buildValidRequest, SEED } from '../support/valid-requests.ts';

const RUNS = 30;

let server: TestServer;
let fixtures: ContractFixtures;
beforeAll(async () => {
  console.log(`The seed is ${SEED}.`);
  server = await startTestServer();
  server.clock.stop();
  fixtures = await createContractFixtures(server);
});
afterAll(() => server.close());

test.each(operations.map((each) => [each.operationId, each] as const))(
  '%s answers every request that keeps to the contract, and never with a failure of its own',
  async (_name, operation) => {
    const key = await fixtures.keyFor(operation);
    const answered = asyncProperty(integer({ min: 0, max: 1_000_000 }), async (seed) => {
      const { path, ...request } = buildValidRequest(operation, fixtures, seed, key);
      const answer = await sendRaw(server.url, { ...request, path: withQuery(path, buildValidQuery(operation, seed)) });
      expect(Object.keys(operation.responses)).toContain(String(answer.status));
      expect(answer.status, answer.text).toBeLessThan(500);
      if (answer.status >= 400) expectProblem(answer, answer.status);
    });
    await holds(answered, { seed: SEED, numRuns: RUNS });
  },
);
