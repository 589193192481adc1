import { asyncProperty, assert as holds, integer, nat } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../server/platform/contract.ts';
import { type ContractFixtures, createContractFixtures } from '../support/contract-fixtures.ts';
import { invalidRequests } from '../support/invalid-requests.ts';
import { expectProblem } from '../support/problems.ts';
import { sendRaw } from '../support/raw-request.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { buildValidRequest, SEED } from '../support/valid-requests.ts';

const RUNS = 250;

let server: TestServer;
let fixtures: ContractFixtures;
beforeAll(async () => {
  console.log(`The seed is ${SEED}.`);
  server = await startTestServer();
  server.clock.stop();
  fixtures = await createContractFixtures(server);
});
afterAll(() => server.close());

/** Everything that can be read of the account, except refusals, which its audit records. */
async function readEverything(): Promise<unknown> {
  const { admin } = server;
  const { programId = '', sessionId = '' } = fixtures.pathParameters;
  const { audit } = await admin.audit.list({ outcome: 'done', limit: 50 });
  return {
    newestAct: audit.find(({ action }) => !['getProgramState', 'listMessages'].includes(action)),
    accounts: await admin.accounts.list({ limit: 50 }),
    programs: await admin.programs.list({ limit: 50 }),
    timeline: await admin.sessions.timeline(sessionId),
    sessions: await admin.sessions.list({ limit: 50, includeArchived: true }),
    // The last use of a key is written later, once a minute.
    keys: (await admin.keys.list({ limit: 50 })).keys.map(({ lastUsedAt: _used, ...key }) => key),
    fleet: await admin.fleet.health(),
    state: await admin.state.read(programId),
    tasks: await admin.tasks.list({ state: 'all', limit: 50 }),
    inbox: await admin.messages.list({ programId, includeRead: true, limit: 50 }),
    sent: await admin.messages.sent({ limit: 50 }),
  };
}

const cases = operations.map((each) => [each.operationId, each] as const);

describe.each(cases)('%s', (_name, operation) => {
  test('refuses every invalid request with the right problem, and writes nothing', async () => {
    const key = await fixtures.keyFor(operation);
    const before = await readEverything();
    const refused = asyncProperty(integer({ min: 0, max: 1_000_000 }), nat(), async (seed, pick) => {
      const all = invalidRequests(operation, buildValidRequest(operation, fixtures, seed, key));
      const { description, status, spoil, ...request } = all[pick % all.length] as (typeof all)[number];
      const answer = await sendRaw(server.url, { ...request, ...(spoil && { body: spoil() }) });
      expect({ description, status: answer.status }).toEqual({ description, status });
      expectProblem(answer, status);
    });
    const invalidCount = invalidRequests(operation, buildValidRequest(operation, fixtures, 0, key)).length;
    await holds(refused, { seed: SEED, numRuns: Math.min(RUNS, 2 * invalidCount) });
    expect(await readEverything()).toEqual(before);
  });
});
