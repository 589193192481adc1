import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../../server/platform/contract.ts';
import { hideTables } from '../../support/breakable-database.ts';
import { buildExampleRequest, type ContractFixtures, createContractFixtures } from '../../support/contract-fixtures.ts';
import { expectProblem } from '../../support/problems.ts';
import { sendRaw } from '../../support/raw-request.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const secured = operations.filter((each) => each.roles !== null);
/** The operations that use no tables except those of accounts and keys. */
const CONTENT = ['whoAmI', 'signOut', 'listKeys', 'getKey', 'listAccounts', 'getAccount', 'getMetrics'];
const asking = secured.filter((each) => !CONTENT.includes(each.operationId));

let server: TestServer;
let fixtures: ContractFixtures;
const log: string[] = [];
const keys = new Map<string, string>();

beforeAll(async () => {
  const logDestination = { write: (line: string) => void log.push(line) };
  server = await startTestServer({ environment: { FLEETBEAT_LOG_LEVEL: 'error' }, logDestination });
  fixtures = await createContractFixtures(server);
  for (const operation of secured) {
    for (const use of ['known', 'fresh']) {
      keys.set(`${use} ${operation.operationId}`, (await fixtures.keyFor(operation)) as string);
    }
  }
});
afterAll(() => server.close());

/** The response is a 500 that does not reveal its cause; the log has the cause with the request id. */
async function expectFailure(operation: (typeof operations)[number], key: string): Promise<void> {
  const answer = await sendRaw(server.url, buildExampleRequest(operation, fixtures.pathParameters, key));
  const problem = expectProblem(answer, 500);
  expect(problem.type).toBe('/problems/internal-error');
  expect(answer.text).not.toMatch(/table|sql|select|insert|column|\.ts|node_modules/i);
  const lines = log.filter((line) => line.includes(problem.instance));
  expect(lines.join('\n')).toMatch(/no such table|doesn't exist/);
  expect(lines.join('\n')).not.toContain(key);
}

describe('while tables are missing', () => {
  beforeAll(() => hideTables(server.database, { except: ['accounts', 'api_keys'] }));

  test.each(asking)('$operationId fails without telling why', async (operation) => {
    const key = keys.get(`known ${operation.operationId}`) as string;
    await server.client(key).me();
    await expectFailure(operation, key);
  });
});

describe('while the keys cannot be looked up', () => {
  beforeAll(() => hideTables(server.database, { except: [] }));

  test.each(secured)('$operationId fails without telling why', async (operation) => {
    await expectFailure(operation, keys.get(`fresh ${operation.operationId}`) as string);
  });

  test('a request without a key is refused as usual', async () => {
    expectProblem(await sendRaw(server.url, { method: 'GET', path: '/v1/me' }), 401);
  });
});
